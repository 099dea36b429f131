/** The table of docs/engines.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { withPart } from '../browser-tests/report/parts.js'
import { markdownTable } from '../browser-tests/report/table.js'

const page = 'docs/engines.md'

/** What is named where the runtime's own answer is not 'yes'. */
const wanted: Readonly<Record<string, string>> = {
  'ChaCha20-Poly1305': 'ChaCha20-Poly1305, and so suite 3',
  'ML-KEM-768': 'ML-KEM',
  'private ECDH P-256 key in IndexedDB': 'IndexedDB',
  'structuredClone of a private ECDH P-256 key': 'a clone of a CryptoKey',
}

export const lacks = (platform: Readonly<Record<string, string>>): string =>
  Object.entries(wanted)
    .filter(([feature]) => platform[feature] !== 'yes')
    .map(([, name]) => name)
    .join('; ') || 'nothing'

/** By runtime and feature, the same features in the same order. */
export function writeTable(facts: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  const columns = [...facts.values()]
  const features = [...(columns[0]?.keys() ?? [])]
  const rows = features.map((feature) => ({
    feature,
    values: columns.map((column) => column.get(feature) ?? ''),
  }))
  const date = new Date().toISOString().slice(0, 10)
  const written = `Written by \`npm run test:runtimes\` on ${date}, on ${process.platform} ${process.arch}: the built package, as its users get it.`
  const part = `${written}\n\n${markdownTable([...facts.keys()], rows)}`
  writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'runtimes', part))
  console.log(`Written: ${page}`)
}
