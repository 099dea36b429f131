import { gzipSync } from 'node:zlib'
import { bundle } from './bundle.js'
import { entries } from './entries.js'

/** @typedef {{ name: string, code: string, external?: string[], budget?: number | undefined }} Row */

/** @param {string} names */
const only = (names) => `export { ${names} } from "./lib/index.ts"`

/**
 * Of the entries that promise one, without the packages that their users choose.
 *
 * @type {Record<string, number>}
 */
const entryBudgets = { 'post-quantum': 2_500, 'hpke-js': 1_000 }

/**
 * What an application pays for what it imports, in bytes after gzip. `budget` is a promise of the README.
 *
 * @type {Row[]}
 */
const ours = [
  { name: 'self-contained, everything', code: 'export * from "./lib/index.ts"', budget: 18_300 },
  { name: 'GroupEpoch', code: only('GroupEpoch'), budget: 11_800 },
  { name: 'Inbox', code: only('Inbox') },
  { name: 'readHeader', code: only('readHeader'), budget: 1_500 },
  { name: 'isTargetedMessage', code: only('isTargetedMessage') },
  { name: 'inspect', code: only('inspect') },
  { name: 'padme', code: only('padme') },
  { name: 'blocks', code: only('blocks') },
  { name: 'supportedCipherSuites', code: only('supportedCipherSuites') },
  { name: 'TargetedMessageError', code: only('TargetedMessageError') },
  ...entries
    .filter(({ name }) => name !== 'index')
    .map(({ name, specifier, source }) => ({
      name: specifier,
      code: `export * from "./${source}"`,
      budget: entryBudgets[name],
    })),
]

/** @type {Row[]} */
const others = [
  { name: '@hpke/core, everything', code: 'export * from "@hpke/core"' },
  {
    name: '@hpke/core, what suites 1 and 2 need',
    code: 'export { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core"',
  },
  {
    name: 'ts-mls, everything, without its optional packages',
    code: 'export * from "ts-mls"',
    // What it asks for when it runs a suite that needs them.
    external: [
      '@noble/*',
      '@hpke/chacha20poly1305',
      '@hpke/dhkem-x448',
      '@hpke/hybridkem-x-wing',
      '@hpke/ml-kem',
    ],
  },
]

export const measureSizes = () => Promise.all([...ours, ...others].map(measure))

/** Prints the table; throws when a row is over its budget. */
export async function checkSizes() {
  const measured = await measureSizes()
  for (const { name, gzipped, minified, budget } of measured) {
    const limit = budget === undefined ? '' : ` of ${budget}`
    console.log(`  ${name}: ${gzipped}${limit} bytes gzipped, ${minified} minified`)
  }
  const over = measured.filter(({ budget, gzipped }) => budget !== undefined && gzipped > budget)
  if (over.length > 0) throw new Error(`over budget: ${over.map(({ name }) => name).join(', ')}`)
}

/** @param {Row} row */
async function measure({ name, code, external = [], budget }) {
  const output = Buffer.from(
    await bundle({ stdin: { contents: code, resolveDir: '.', loader: 'ts' }, external }),
  )
  return {
    name,
    gzipped: gzipSync(output, { level: 9 }).length,
    minified: output.length,
    budget,
  }
}
