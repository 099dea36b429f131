import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const include = ['lib/**/*.test.ts', 'testing/**/*.test.ts']
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * hpke-js, under ts-mls, falls back to Node's crypto module where there is no `globalThis.crypto`. Every browser has
 * one, so that import becomes it, instead of a stub.
 */
const withoutNodeCrypto = {
  name: 'without-node-crypto',
  resolveId: (id: string) => (id === 'crypto' ? '\0web-crypto' : undefined),
  load: (id: string) => (id === '\0web-crypto' ? 'export const webcrypto = globalThis.crypto' : undefined),
}

/** Only the dev server needs a WebSocket. */
const withoutWebSocket: Plugin = {
  name: 'without-web-socket',
  apply: 'build',
  transformIndexHtml: (html) => html.replace("connect-src 'self' ws:", "connect-src 'self'"),
}

/** The dev server and the build of the demo page (`index.html`), and the unit tests on two WebCrypto implementations. */
export default defineConfig({
  base: './',
  resolve: {
    alias: [
      { find: /^mls-targeted-messages$/, replacement: file('lib/index.ts') },
      { find: /^mls-targeted-messages\/ts-mls$/, replacement: file('lib/stacks/ts-mls.ts') },
    ],
  },
  plugins: [{ ...withoutNodeCrypto, enforce: 'pre', apply: ({ mode }) => mode !== 'test' }, withoutWebSocket],
  optimizeDeps: { include: ['ts-mls'], rolldownOptions: { plugins: [withoutNodeCrypto] } },
  server: { host: '127.0.0.1' },
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
