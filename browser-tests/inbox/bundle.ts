/** The pages of the inbox tests around the packed package's self-contained file. */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packageMounts } from '../package/served.js'
import type { ServeOptions } from '../server.js'

const pages = fileURLToPath(new URL('../pages/inbox/', import.meta.url))

let bundled: Promise<ServeOptions['mounts']> | undefined

/** Bundled once for each process; the global setup's directory, and this with it, ends with the run. */
export function inboxMounts(): Promise<ServeOptions['mounts']> {
  bundled ??= bundlePages()
  return bundled
}

async function bundlePages(): Promise<ServeOptions['mounts']> {
  const { '/': neighbour, '/plain/package/': installed } = packageMounts()
  if (typeof neighbour !== 'string' || typeof installed !== 'string') {
    throw new Error('the package under test is not where it was')
  }
  const outdir = mkdtempSync(join(neighbour, '../inbox-pages-'))
  await build({
    entryPoints: ['index.html', 'page.ts', 'worker.ts'].map((file) => join(pages, file)),
    loader: { '.html': 'copy' },
    alias: { 'mls-targeted-messages': join(installed, 'dist/mls-targeted-messages.min.js') },
    bundle: true,
    // Nothing is exported, so the same files are modules and classic scripts.
    format: 'iife',
    target: 'es2022',
    outdir,
  })
  return { '/': outdir }
}
