import { gzipSync } from 'node:zlib'
import { bundle } from './bundle.js'

/**
 * What an application pays, in bytes after gzip. `budget` is a promise of the README.
 *
 * @type {{ name: string, code: string, external?: string[], budget?: number }[]}
 */
const rows = [
  { name: 'self-contained, everything', code: 'export * from "./lib/index.ts"', budget: 14_000 },
  { name: 'our own part of it', code: 'export * from "./lib/index.ts"', external: ['idb'] },
  { name: 'GroupEpoch alone', code: 'export { GroupEpoch } from "./lib/index.ts"' },
  { name: 'readHeader alone', code: 'export { readHeader } from "./lib/index.ts"', budget: 1_500 },
  { name: 'ts-mls adapter', code: 'export * from "./lib/stacks/ts-mls.ts"' },
  { name: 'ratchet tree reader', code: 'export * from "./lib/mls/ratchet-tree.ts"' },
]

/** Prints the table; throws when a row is over its budget. */
export async function checkSizes() {
  const over = []
  for (const { name, code, external = [], budget } of rows) {
    const { outputFiles } = await bundle({
      stdin: { contents: code, resolveDir: '.', loader: 'ts' },
      external,
      write: false,
    })
    const output = outputFiles?.[0]?.contents ?? new Uint8Array()
    const size = gzipSync(output, { level: 9 }).length
    const limit = budget === undefined ? '' : ` of ${budget}`
    console.log(`  ${name}: ${size}${limit} bytes gzipped, ${output.length} minified`)
    if (budget !== undefined && size > budget) over.push(name)
  }
  if (over.length > 0) throw new Error(`over budget: ${over.join(', ')}`)
}
