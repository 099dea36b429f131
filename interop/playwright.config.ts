import { defineConfig } from '@playwright/test'
import { engineNames } from '../browser-tests/engines/table.js'

export default defineConfig({
  testDir: '.',
  globalSetup: ['engines', 'package'].map((what) => `../browser-tests/${what}/global-setup.ts`),
  outputDir: '../test-results/interop',
  workers: 1,
  projects: engineNames.map((name) => ({ name, workers: 1 })),
  timeout: 120_000,
  forbidOnly: true,
  reporter: 'list',
})
