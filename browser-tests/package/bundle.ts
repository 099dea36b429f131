/** The pages under test, bundled by Vite: those of the suite around the unpacked package, and the demo. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import { repository } from './consumer.js'

const name = 'mls-targeted-messages'
const pages = join(repository, 'browser-tests/pages/suite')

/** Resolves our own name as the consumer's code would, by the `exports` of the package that it has. */
const asConsumer = (directory: string): Plugin => ({
  name: 'as-consumer',
  enforce: 'pre',
  resolveId(source) {
    if (source !== name && !source.startsWith(`${name}/`)) return undefined
    return this.resolve(source, join(directory, 'application.js'), { skipSelf: true })
  },
})

/** hpke-js, which ts-mls uses, falls back to Node's crypto where no `globalThis.crypto` is: in Node 18. */
const withoutNodeCrypto: Plugin = {
  name: 'without-node-crypto',
  enforce: 'pre',
  resolveId: (source) => (source === 'crypto' ? '\0web-crypto' : undefined),
  load: (id) => (id === '\0web-crypto' ? 'export const webcrypto = globalThis.crypto' : undefined),
}

export async function bundlePages(consumer: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: pages,
    base: './',
    plugins: [asConsumer(consumer), withoutNodeCrypto],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Firefox reports a preload that the module itself overtook as not loaded.
      modulePreload: false,
      rolldownOptions: {
        input: ['index.html', 'strict.html', 'tasks.ts', 'worker.ts'].map((file) => join(pages, file)),
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  refuseNodeStubs(outDir)
}

/** The demo as `npm run build:demo` makes it, but elsewhere. */
export async function buildDemo(outDir: string): Promise<void> {
  await build({
    configFile: join(repository, 'vite.config.ts'),
    root: repository,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
  refuseNodeStubs(outDir)
}

/** Vite puts an empty module in the place of a Node built-in: it would do nothing in a page, and cost bytes. */
function refuseNodeStubs(directory: string): void {
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue
    if (
      file.includes('browser-external') ||
      readFileSync(join(directory, file), 'utf8').includes('browser-external')
    ) {
      throw new Error(`a bundle has a stub of a Node built-in in ${file}`)
    }
  }
}
