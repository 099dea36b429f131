/** Pages of the suite that are bundled around the packed package. */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildForBrowsers } from '../../scripts/bundle.js'
import type { ServeOptions } from '../server.js'
import { packageMounts } from './served.js'

type Mounts = ServeOptions['mounts']

/** What an import becomes, by its specifier, with the package installed in that directory. */
type AliasOf = (installed: string) => Readonly<Record<string, string>>

const bundled = new Map<string, Promise<Mounts>>()

/**
 * `index.html`, `page.ts` and `worker.ts` of a folder of `pages/`, with what `aliasOf` gives for the installed package.
 * Bundled once for each process; the global setup's directory, and this with it, ends with the run.
 */
export function bundledPages(folder: string, aliasOf: AliasOf): Promise<Mounts> {
  const mounts = bundled.get(folder) ?? bundlePages(folder, aliasOf)
  bundled.set(folder, mounts)
  return mounts
}

async function bundlePages(folder: string, aliasOf: AliasOf): Promise<Mounts> {
  const { '/': neighbour, '/plain/package/': installed } = packageMounts()
  if (typeof neighbour !== 'string' || typeof installed !== 'string') {
    throw new Error('the package under test is not where it was')
  }
  const pages = fileURLToPath(new URL(`../pages/${folder}/`, import.meta.url))
  const outdir = mkdtempSync(join(neighbour, `../${folder}-pages-`))
  await buildForBrowsers({
    entryPoints: ['index.html', 'page.ts', 'worker.ts'].map((file) => join(pages, file)),
    loader: { '.html': 'copy' },
    alias: aliasOf(installed),
    // Nothing is exported, so the same files are modules and classic scripts.
    format: 'iife',
    outdir,
  })
  return { '/': outdir }
}
