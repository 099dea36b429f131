import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killTrees } from '../driver/processes.js'
import { placeVariable, profilesVariable } from '../driver/profile.js'
import { provideEngine } from './install.js'
import { engineNames } from './table.js'
import { versionOf } from './version.js'

/**
 * Runs once, before any test; what it returns runs after the last. All three engines are looked for even if one project alone was asked for: an
 * engine that is missing fails the whole suite, and never shows up as fewer tests.
 */
export default function globalSetup(): () => Promise<void> {
  try {
    for (const name of engineNames) {
      const engine = provideEngine(name)
      console.log(`${name.padEnd(9)}${versionOf(engine).padEnd(18)}${engine.path} (${engine.source})`)
    }
  } catch (error) {
    // The message says what to do; the lines of this suite's code that Playwright would print below it do not.
    if (error instanceof Error) error.stack = `Error: ${error.message}`
    throw error
  }

  // The workers inherit the variable, so every browser of this run has the directory in its arguments: what a worker
  // that crashed could not end is found by it.
  const profiles = mkdtempSync(join(process.env[placeVariable] ?? tmpdir(), 'mtm-profiles-'))
  process.env[profilesVariable] = profiles
  // Playwright ends cleanly on SIGINT alone; a job that is cancelled gets SIGTERM.
  process.on('SIGTERM', () => process.kill(process.pid, 'SIGINT'))
  return async () => {
    await killTrees(({ args }) => args.includes(profiles))
    rmSync(profiles, { recursive: true, force: true, maxRetries: 3 })
  }
}
