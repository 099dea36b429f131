/**
 * Mutation testing: `npm run test:mutation`, or one folder with `-- --mutate 'lib/tls/**\/*.ts,!**\/*.test.ts'`.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: true },
  mutate: ['lib/**/*.ts', '!lib/**/*.test.ts', '!lib/**/*.d.ts'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, allowEmojis: false },
  ignorePatterns: ['bench', 'demo', 'docs', 'browser-tests', 'dist', 'dist-demo', 'test-results', 'reports'],
  tempDirName: '.stryker-tmp',
}
