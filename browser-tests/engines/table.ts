/** The three engines: what each is called, where it is found and what installs it. */

import { type BrowserType, chromium, firefox, webkit } from '@playwright/test'

export const engineNames = ['chromium', 'firefox', 'webkit'] as const
export type EngineName = (typeof engineNames)[number]

export interface EngineEntry {
  readonly name: EngineName
  /** Playwright's own build; its `executablePath()` says where that would be. */
  readonly playwright: BrowserType
  /** The environment variable that names the distribution's program instead. */
  readonly variable: string
  /** Names of the distribution's program, in the order of preference. */
  readonly programs: readonly string[]
  /** Everything else that must be on the PATH to drive the distribution's program. */
  readonly helpers: readonly string[]
  /** The packages of Debian that bring all of it. */
  readonly packages: readonly string[]
}

export const engineTable: Readonly<Record<EngineName, EngineEntry>> = {
  chromium: {
    name: 'chromium',
    playwright: chromium,
    variable: 'MTM_CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    helpers: [],
    packages: ['chromium'],
  },
  firefox: {
    name: 'firefox',
    playwright: firefox,
    variable: 'MTM_FIREFOX',
    programs: ['firefox-esr', 'firefox'],
    helpers: [],
    packages: ['firefox-esr'],
  },
  webkit: {
    name: 'webkit',
    playwright: webkit,
    variable: 'MTM_WEBKIT_DRIVER',
    programs: ['WebKitWebDriver'],
    // gjs runs driver/webkit-browser.gjs, which says why MiniBrowser is not enough.
    helpers: ['Xvfb', 'gjs'],
    packages: ['webkit2gtk-driver', 'gir1.2-webkit2-4.1', 'gjs', 'xvfb'],
  },
}

export function engineNamed(name: string): EngineEntry {
  const found = engineNames.find((known) => known === name)
  if (found === undefined) throw new Error(`no engine is called ${name}: ${engineNames.join(', ')}`)
  return engineTable[found]
}
