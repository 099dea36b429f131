import { defineConfig } from 'vitest/config'

const include = ['lib/**/*.test.ts', 'testing/**/*.test.ts']

/** The dev server and the build of the demo page (`index.html`), and the unit tests on two WebCrypto implementations. */
export default defineConfig({
  base: './',
  build: { outDir: 'dist-demo', target: 'es2022' },
  test: {
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'node', include } },
      {
        extends: true,
        test: {
          name: 'peculiar',
          include: ['lib/**/*.test.ts'],
          setupFiles: ['testing/peculiar-webcrypto.ts'],
        },
      },
    ],
  },
})
