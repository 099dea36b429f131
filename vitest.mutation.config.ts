import { defineConfig } from 'vitest/config'

/** MUTATION_TESTS=lib/epoch: the tests of one folder alone, which is faster and kills no more than all would. */
const folders = (process.env['MUTATION_TESTS'] ?? 'lib').split(',')

/**
 * The unit tests on Node's WebCrypto alone, for Stryker: a mutant that they kill need not be killed a second time. The
 * floods of hostile input are left out, which take long and say less about one line.
 */
export default defineConfig({
  test: {
    include: folders.map((folder) => `${folder}/**/*.test.ts`),
    exclude: ['**/hostile-*.test.ts'],
    testTimeout: 60_000,
  },
})
