import { defineConfig } from '@playwright/test'
import { engineNames } from '../browser-tests/engines/table.js'

export default defineConfig({
  testDir: '.',
  globalSetup: '../browser-tests/engines/global-setup.ts',
  outputDir: '../test-results/bench',
  // One engine at a time, so that each has the machine to itself.
  workers: 1,
  projects: engineNames.map((name) => ({ name, workers: 1 })),
  reporter: 'list',
})
