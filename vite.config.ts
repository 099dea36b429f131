import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { budget } from './demo/build/budget.js'
import { offline } from './demo/build/offline.js'
import { sourceAliases } from './scripts/entries.js'

const unitTests = ['lib/**/*.test.ts', 'tests/**/*.test.ts']

/** What asks @peculiar/webcrypto for anything. SLOW=1 runs the rest on it, too. */
const secondCrypto = [
  'lib/{crypto,epoch,targeted}/**/*.test.ts',
  'tests/{draft,epoch,post-quantum,records,vectors}/*.test.ts',
]
const ordinary = !process.env['SLOW']
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

/**
 * The dev server speaks to its pages over a WebSocket, and so do they in the source. Once built, only the messenger
 * has one: to the broker that its address names, which may be anywhere.
 */
const connections: Plugin = {
  name: 'connections',
  apply: 'build',
  transformIndexHtml: (html, { path }) =>
    html.replace("connect-src 'self' ws:", `connect-src 'self'${path === '/index.html' ? ' ws: wss:' : ''}`),
}

const worker = 'demo/push/service-worker.ts'

/** A service worker is registered by one name, and may reach no further than its own directory: so it is at the top. */
const pushWorker: Plugin = {
  name: 'push-worker',
  apply: 'serve',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _, next) => {
      request.url = request.url?.replace(/^\/push-worker\.js(?=$|\?)/, `/${worker}`)
      next()
    })
  },
}

/** The dev server and the build of the demo's pages (`*.html`), and the unit tests on two WebCrypto implementations. */
export default defineConfig({
  base: './',
  resolve: { alias: sourceAliases },
  plugins: [
    { ...withoutNodeCrypto, enforce: 'pre', apply: ({ mode }) => mode !== 'test' },
    connections,
    pushWorker,
    offline,
    budget,
  ],
  optimizeDeps: { include: ['ts-mls'], rolldownOptions: { plugins: [withoutNodeCrypto] } },
  server: { host: '127.0.0.1' },
  build: {
    outDir: 'dist-demo',
    target: 'es2022',
    // Firefox reports a preload that the module itself overtook as not loaded.
    modulePreload: false,
    rolldownOptions: {
      input: {
        index: file('index.html'),
        push: file('push.html'),
        deliver: file('deliver.html'),
        'push-worker': file(worker),
        'offline-worker': file('demo/offline-worker.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name.endsWith('-worker') ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    testTimeout: 60_000,
    // One fewer unless told, which on two processors is one.
    maxWorkers: '100%',
    // A worker keeps its modules and globals. Each file undoes what it stubs; what stands in for IndexedDB stays.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'node', include: [...unitTests, 'demo/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'peculiar',
          include: ordinary ? secondCrypto : unitTests,
          exclude: ['tests/documents/**', 'tests/support/**'],
          setupFiles: ['tests/support/peculiar-webcrypto.ts'],
        },
      },
    ],
  },
})
