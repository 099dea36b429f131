import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { sourceAliases } from '../../scripts/entries.js'
import { placeInMemory, placeVariable } from '../driver/profile.js'
import { engineNames } from '../engines/table.js'
import { driven } from './provider.js'

process.env[placeVariable] ??= placeInMemory()

const root = fileURLToPath(new URL('../..', import.meta.url))
const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * These compare with Node's own crypto, load modules anew, start threads, read this repository's files, need Ed448 or SHA-3,
 * or have a stand-in for IndexedDB: `browser-tests/inbox` tests the engines' own.
 */
const ofNodeAlone = [
  'lib/crypto/base64url.test.ts',
  'lib/crypto/hpke-psk.test.ts',
  'lib/crypto/pauses.test.ts',
  'lib/epoch/record.test.ts',
  'lib/crypto/signature/ecdsa-der.test.ts',
  'lib/crypto/support.test.ts',
  'lib/inbox/idb-database.test.ts',
  'lib/inbox/idb-store.test.ts',
  'lib/inbox/idb-transactions.test.ts',
  'lib/tls/bytes.test.ts',
  'tests/errors/epoch-arguments.test.ts',
  'tests/errors/quiet.test.ts',
  'tests/inbox/database.test.ts',
  'tests/oracle/own-vectors.test.ts',
  'tests/post-quantum/p-curves.test.ts',
  'tests/post-quantum/x448.test.ts',
  'tests/records/damage.test.ts',
  'tests/records/stored-secrets.test.ts',
]

const inPages: Readonly<Record<string, string>> = {
  'node:fs': beside('node-fs.ts'),
  'node:crypto': beside('node-crypto.ts'),
  // Of @hpke/common, for Node 18 and older.
  crypto: beside('node-crypto.ts'),
}

/** What a page has in place of Node's modules. */
const withoutNode: Plugin = {
  name: 'without-node',
  enforce: 'pre',
  resolveId: (id, _, options) => (options.ssr ? undefined : inPages[id]),
}

/** What asks the engine for little, or is slow and done in the engines by the other tests too. SLOW=1 runs it. */
const seldom = [
  'lib/{mls,stacks,tls}/**',
  'tests/{inbox,oracle,stacks}/**',
  'tests/post-quantum/ts-mls.test.ts',
  'tests/vectors/own-vectors*.test.ts',
  // On the store in memory.
  'lib/inbox/receive-each.test.ts',
]

/** `npm run test:units`: the unit tests in the three engines. */
export default defineConfig({
  root,
  plugins: [withoutNode],
  resolve: { alias: sourceAliases },
  // Found while tests run, a dependency would load the page anew.
  optimizeDeps: {
    include: [
      'fast-check',
      'hpke-js',
      '@hpke/chacha20poly1305',
      '@hpke/hybridkem-x-wing',
      '@hpke/ml-kem',
      '@noble/curves/ed25519.js',
      '@noble/curves/nist.js',
      '@noble/post-quantum/ml-dsa.js',
      'ts-mls',
      'idb',
      'ts-mls/crypto/hpke.js',
      'ts-mls/crypto/kdf.js',
      'ts-mls/keyPackage.js',
      'ts-mls/privateMessage.js',
      'ts-mls/groupContext.js',
      'ts-mls/leafNode.js',
      'ts-mls/ratchetTree.js',
      'ts-mls-2',
    ],
  },
  test: {
    include: [
      'lib/**/*.test.ts',
      'tests/{draft,epoch,errors,inbox,oracle,post-quantum,records,stacks,vectors}/*.test.ts',
    ],
    exclude: process.env['SLOW'] ? ofNodeAlone : [...ofNodeAlone, ...seldom],
    globalSetup: [beside('../engines/global-setup.ts')],
    testTimeout: 60_000,
    isolate: false,
    browser: {
      enabled: true,
      provider: driven,
      instances: engineNames.map((browser) => ({ browser })),
      screenshotFailures: false,
      ui: false,
    },
  },
})
