import { defineConfig } from '@playwright/test'
import { placeInMemory, placeVariable } from './browser-tests/driver/profile.js'
import { engineNames } from './browser-tests/engines/table.js'

process.env[placeVariable] ??= placeInMemory()

export default defineConfig({
  testDir: 'browser-tests',
  testMatch: '**/*.spec.ts',
  globalSetup: ['engines', 'package', 'delivery', 'exchange'].map(
    (what) => `./browser-tests/${what}/global-setup.ts`,
  ),
  // One worker, and so one browser, per engine: three browsers keep two cores busy without fighting for them.
  fullyParallel: false,
  workers: engineNames.length,
  projects: engineNames.map((name) => ({ name, workers: 1 })),
  timeout: 120_000,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['./browser-tests/reporter.ts']],
})
