import { join } from 'node:path'
import { builtEntries } from '../../scripts/entries.js'
import { bundledPages } from '../package/bundled-pages.js'
import type { ServeOptions } from '../server.js'

/** A page with the package's entries, the plug-ins and ts-mls: nothing else of the suite carries them. */
export const postQuantumMounts = (): Promise<ServeOptions['mounts']> =>
  bundledPages('post-quantum', (installed) => builtEntries(join(installed, 'dist')))
