/** Where the global setup put the package and the pages around it. */

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PageDriver } from '../driver/page-driver.js'
import type { ServeOptions } from '../server.js'
import type { Library } from '../tasks/library.js'
import { repository } from './consumer.js'
import { exampleModules } from './examples.js'

/** Set by the global setup to a directory that ends with the run. */
export const consumerVariable = 'MTM_CONSUMER'

/** `/` has the bundled pages, `/plain/` a page without a bundler. */
export function packageMounts(): ServeOptions['mounts'] {
  return {
    '/': join(consumer(), 'pages'),
    '/plain/': new URL('../pages/plain/', import.meta.url),
    '/plain/package/': installed(),
  }
}

/** The demo, at `/`. */
export const demoMounts = (): ServeOptions['mounts'] => ({ '/': join(consumer(), 'demo') })

/** The examples as `npm install` and a static server would show them; `/vite/dist/` is what Vite built. */
export const exampleMounts = (): ServeOptions['mounts'] => ({
  '/': join(consumer(), 'examples'),
  '/node_modules/mls-targeted-messages/': installed(),
  ...Object.fromEntries(
    exampleModules.map((name) => [`/node_modules/${name}/`, join(repository, 'node_modules', name)]),
  ),
})

/** The same package in Node, for what the engines are held against. */
export async function libraryInNode(): Promise<Library> {
  return import(pathToFileURL(join(installed(), 'dist/index.js')).href)
}

/** Opens a page that has the package and the suite's tasks, or another that says when it is ready. */
export async function openSuitePage(page: PageDriver, url: string): Promise<void> {
  await page.open(url)
  // Some engines fire the load event before the page's modules have run.
  await page.waitForText('#ready', 'ready', { timeout: 30_000 })
}

export const selfContained = (): string => join(installed(), 'dist/mls-targeted-messages.min.js')

const installed = (): string => join(consumer(), 'node_modules/mls-targeted-messages')

function consumer(): string {
  const directory = process.env[consumerVariable]
  if (directory === undefined) throw new Error(`${consumerVariable} is not set: the global setup did not run`)
  return directory
}
