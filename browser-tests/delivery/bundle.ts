/** A page with the demo's delivery service and nothing else of the demo. */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packageMounts } from '../package/served.js'
import type { ServeOptions } from '../server.js'

const pages = fileURLToPath(new URL('../pages/delivery/', import.meta.url))

let bundled: Promise<ServeOptions['mounts']> | undefined

/** Bundled once for each process; the global setup's directory, and this with it, ends with the run. */
export function deliveryMounts(): Promise<ServeOptions['mounts']> {
  bundled ??= bundlePages()
  return bundled
}

async function bundlePages(): Promise<ServeOptions['mounts']> {
  const { '/': neighbour } = packageMounts()
  if (typeof neighbour !== 'string') throw new Error('the pages under test are not where they were')
  const outdir = mkdtempSync(join(neighbour, '../delivery-pages-'))
  await build({
    entryPoints: ['index.html', 'page.ts'].map((file) => join(pages, file)),
    loader: { '.html': 'copy' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir,
  })
  return { '/': outdir }
}
