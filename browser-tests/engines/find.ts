import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isExecutable, onPath } from '../../scripts/programs.js'
import { type EngineEntry, type EngineName, engineTable } from './table.js'

export interface FoundEngine {
  readonly name: EngineName
  /** Playwright's builds and a distribution's are started in different ways. */
  readonly source: 'playwright' | 'distribution'
  /** The browser; for a distribution's WebKit, its WebDriver. */
  readonly path: string
}

/**
 * Where the engine is on this machine, or undefined. A path variable wins over everything, and one that
 * points at nothing is an error: falling back would test another browser than the one asked for.
 */
export function findEngine(name: EngineName): FoundEngine | undefined {
  const entry = engineTable[name]
  const asked = process.env[entry.variable]
  if (asked !== undefined && asked !== '') {
    const found = askedFor(entry, asked)
    return canBeDriven(entry) ? found : undefined
  }

  const own = entry.playwright.executablePath()
  if (own !== '' && existsSync(own)) return { name, source: 'playwright', path: own }

  const path = entry.programs.map(onPath).find((candidate) => candidate !== undefined)
  if (path === undefined || !canBeDriven(entry)) return undefined
  return { name, source: 'distribution', path }
}

function askedFor(entry: EngineEntry, path: string): FoundEngine {
  if (!isExecutable(path)) {
    throw new Error(
      `${entry.variable} is set to ${path}, where no program is: point it at the ${entry.programs[0]} to test, or unset it to have ${entry.name} found or installed.`,
    )
  }
  return { name: entry.name, source: 'distribution', path }
}

function canBeDriven(entry: EngineEntry): boolean {
  if (!entry.helpers.every((helper) => onPath(helper) !== undefined)) return false
  return entry.name !== 'webkit' || hasWebKitTypelib()
}

/** gjs reaches WebKitGTK through this file, which sits under the machine's library directory. */
function hasWebKitTypelib(): boolean {
  const multiarch = existsSync('/usr/lib') ? readdirSync('/usr/lib') : []
  const roots = ['/usr/lib', '/usr/lib64', ...multiarch.map((directory) => join('/usr/lib', directory))]
  return roots.some((root) => existsSync(join(root, 'girepository-1.0', 'WebKit2-4.1.typelib')))
}
