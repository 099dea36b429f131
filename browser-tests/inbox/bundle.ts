import { join } from 'node:path'
import { bundledPages } from '../package/bundled-pages.js'
import type { ServeOptions } from '../server.js'

/** The pages of the inbox tests around the packed package's self-contained file. */
export const inboxMounts = (): Promise<ServeOptions['mounts']> =>
  bundledPages('inbox', (installed) => ({
    'mls-targeted-messages': join(installed, 'dist/mls-targeted-messages.min.js'),
  }))
