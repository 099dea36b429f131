/** The demo as `npm run build:demo` makes it. */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { repository } from '../package/consumer.js'
import { packageMounts } from '../package/served.js'
import type { ServeOptions } from '../server.js'

let built: Promise<ServeOptions['mounts']> | undefined

/** Built once for each process; the global setup's directory, and this with it, ends with the run. */
export function demoMounts(): Promise<ServeOptions['mounts']> {
  built ??= buildDemo()
  return built
}

async function buildDemo(): Promise<ServeOptions['mounts']> {
  const { '/': neighbour } = packageMounts()
  if (typeof neighbour !== 'string') throw new Error('the pages under test are not where they were')
  const outDir = mkdtempSync(join(neighbour, '../demo-'))
  await build({ root: repository, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  return { '/': outDir }
}
