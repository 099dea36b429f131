import { defineConfig } from 'vitest/config'
import { sourceAliases } from './scripts/entries.js'

/** MUTATION_TESTS=lib/inbox/*.test.ts: only these, which is faster and kills no more than all would. */
const include = process.env['MUTATION_TESTS']?.split(',') ?? ['lib/**/*.test.ts', 'tests/**/*.test.ts']

/**
 * The unit tests on Node's WebCrypto alone, for Stryker: a mutant that they kill need not be killed a second time. The
 * floods of hostile input are left out, which take long and say less about one line.
 */
export default defineConfig({
  // Not the build, which has no mutants in it.
  resolve: { alias: sourceAliases },
  test: { include, exclude: ['tests/hostile/**', 'tests/documents/**'], testTimeout: 60_000 },
})
