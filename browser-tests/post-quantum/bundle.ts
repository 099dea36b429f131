/** A page with the package's entries, the plug-ins and ts-mls: nothing else of the suite carries them. */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildForBrowsers } from '../../scripts/bundle.js'
import { builtEntries } from '../../scripts/entries.js'
import { packageMounts } from '../package/served.js'
import type { ServeOptions } from '../server.js'

const pages = fileURLToPath(new URL('../pages/post-quantum/', import.meta.url))

let bundled: Promise<ServeOptions['mounts']> | undefined

/** Bundled once for each process; the global setup's directory, and this with it, ends with the run. */
export function postQuantumMounts(): Promise<ServeOptions['mounts']> {
  bundled ??= bundlePages()
  return bundled
}

async function bundlePages(): Promise<ServeOptions['mounts']> {
  const { '/': neighbour, '/plain/package/': installed } = packageMounts()
  if (typeof neighbour !== 'string' || typeof installed !== 'string') {
    throw new Error('the package under test is not where it was')
  }
  const outdir = mkdtempSync(join(neighbour, '../post-quantum-pages-'))
  await buildForBrowsers({
    entryPoints: ['index.html', 'page.ts', 'worker.ts'].map((file) => join(pages, file)),
    loader: { '.html': 'copy' },
    alias: builtEntries(join(installed, 'dist')),
    // Nothing is exported, so the same files are modules and classic scripts.
    format: 'iife',
    outdir,
  })
  return { '/': outdir }
}
