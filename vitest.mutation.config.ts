import { defineConfig } from 'vitest/config'

/**
 * The unit tests on Node's WebCrypto alone, for Stryker: a mutant that they kill need not be killed a second time. The
 * floods of hostile input are left out, which take long and say less about one line.
 */
export default defineConfig({
  test: {
    include: ['lib/**/*.test.ts'],
    exclude: ['**/hostile-*.test.ts'],
    testTimeout: 60_000,
  },
})
