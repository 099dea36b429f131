import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** npm run test:package: the package as its users get it. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['package-tests/*.test.ts'],
    globalSetup: ['package-tests/global-setup.ts'],
    testTimeout: 120_000,
  },
})
