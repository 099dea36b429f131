import { readFileSync } from 'node:fs'
import { attempt, hasApt, installWithApt } from '../../scripts/programs.js'
import { type FoundEngine, findEngine } from './find.js'
import { type EngineName, engineTable } from './table.js'

/** Playwright's download hangs rather than fails behind some firewalls. */
const downloadTimeout = 120_000

/** The engine, installed first if this machine lacks it. Throws with what a person is to install. */
export function provideEngine(name: EngineName): FoundEngine {
  const present = findEngine(name)
  if (present !== undefined) return present
  for (const install of installers()) {
    install(name)
    const installed = findEngine(name)
    if (installed !== undefined) return installed
  }
  const packages = engineTable[name].packages.join(' ')
  throw new Error(
    `${name} is missing and could not be installed: run "npx playwright install --with-deps ${name}", or as root on Debian "apt-get install --no-install-recommends ${packages}", or set ${engineTable[name].variable} to the path of one.`,
  )
}

/**
 * Debian's packages come first where they can be installed: they bring the libraries that Playwright's builds
 * expect to find, take some 20 s for all three, and are there in closed networks. Ubuntu's chromium and firefox
 * are empty packages that point to snaps, so there the download comes first.
 */
function installers(): readonly ((name: EngineName) => void)[] {
  const system = distribution()
  if (!hasApt()) return [withPlaywright]
  if (system === 'debian') return [withApt, withPlaywright]
  if (system === 'ubuntu') return [withPlaywright, withApt]
  return [withPlaywright]
}

function distribution(): string | undefined {
  try {
    return /^ID="?([\w-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

const withApt = (name: EngineName): void => installWithApt(engineTable[name].packages)

function withPlaywright(name: EngineName): void {
  console.log(`Downloading Playwright's ${name} …`)
  attempt('npx', ['playwright', 'install', name], downloadTimeout)
}
