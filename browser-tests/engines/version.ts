import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onPath } from '../../scripts/programs.js'
import type { FoundEngine } from './find.js'
import type { EngineName } from './table.js'

/** The small browser that shows a distribution's WebKit: driver/webkit-browser.gjs says why there is one. */
export const webkitBrowser = fileURLToPath(new URL('../driver/webkit-browser.gjs', import.meta.url))

/** Throws if the program does not start, so that a broken browser is named before the first test. */
export function versionOf(engine: FoundEngine): string {
  if (engine.source === 'playwright') return playwrightVersion(engine.name)
  if (engine.name !== 'webkit') return ask(engine.path, ['--version'])
  return ask(onPath('gjs') ?? 'gjs', ['-m', webkitBrowser, '--version'])
}

function ask(program: string, args: readonly string[]): string {
  const command = `${program} ${args.join(' ')}`
  try {
    const said = execFileSync(program, args, {
      encoding: 'utf8',
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const version = /\d+(?:\.\d+)+/.exec(said)?.[0]
    if (version !== undefined) return version
  } catch (cause) {
    throw new Error(`"${command}" does not start: reinstall it, or name another by its path variable`, {
      cause,
    })
  }
  throw new Error(`"${command}" prints no version: it is not the browser that its path promises`)
}

/** Playwright's WebKit has no --version; the list that it downloads from tells for all three alike. */
function playwrightVersion(name: EngineName): string {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json')
  const list: unknown = JSON.parse(readFileSync(join(dirname(manifest), 'browsers.json'), 'utf8'))
  if (typeof list !== 'object' || list === null || !('browsers' in list) || !Array.isArray(list.browsers)) {
    throw new Error('playwright-core/browsers.json holds no list of browsers')
  }
  const browsers: readonly { name?: unknown; browserVersion?: unknown }[] = list.browsers
  const version = browsers.find((browser) => browser.name === name)?.browserVersion
  if (typeof version !== 'string') throw new Error(`playwright-core/browsers.json does not name ${name}`)
  return version
}
