/** What a spec imports instead of Playwright's own `test`: the project's engine behind the page driver. */

import { test as base } from '@playwright/test'
import { launch } from './driver/launch.js'
import type { LaunchedBrowser, PageDriver } from './driver/page-driver.js'
import { openProfile } from './driver/profile.js'
import { engineNamed } from './engines/table.js'
import { openSuitePage, packageMounts } from './package/served.js'
import { factAnnotation, type Section } from './report/facts.js'
import { type ServeOptions, serve, type TestServer } from './server.js'

export { expect } from '@playwright/test'
export type { LaunchedBrowser, PageDriver } from './driver/page-driver.js'

interface TestFixtures {
  /** A page of the engine under test: new, or emptied after the test before. Other pages it opens are closed with it. */
  readonly driver: PageDriver
  /** Starts a server that ends with the test. Each has a port, and with it an origin and storage, of its own. */
  readonly serveHere: (options: ServeOptions) => Promise<TestServer>
  /** An empty directory for `launch`, which lasts from one browser of this test to the next. */
  readonly profile: string
  /**
   * Opens a page with the package and the suite's tasks, and gives its origin. The page at /plain/ has no bundler
   * and the self-contained file.
   */
  readonly openSuite: (path?: '/' | '/plain/') => Promise<string>
  /** Puts a line into the table at the end: what this engine does, in one or a few words. */
  readonly report: (section: Section, feature: string, value: string) => void
}

interface WorkerFixtures {
  /** The one browser of this engine, shared by its tests. Tests that kill a browser launch their own. */
  readonly launched: LaunchedBrowser
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  launched: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for out of this pattern
    async ({}, use, workerInfo) => {
      const browser = await launch(engineNamed(workerInfo.project.name).name)
      await use(browser)
      await browser.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  driver: async ({ launched }, use) => {
    await use(await launched.newPage())
    await launched.closePages()
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  serveHere: async ({}, use) => {
    const servers: TestServer[] = []
    await use(async (options) => {
      const server = await serve(options)
      servers.push(server)
      return server
    })
    for (const server of servers) await server.close()
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  profile: async ({}, use) => {
    const profile = openProfile(undefined)
    await use(profile.directory)
    profile.discard()
  },

  openSuite: async ({ driver, serveHere }, use) => {
    await use(async (path = '/') => {
      const { origin } = await serveHere({ mounts: packageMounts() })
      await openSuitePage(driver, origin + path)
      return origin
    })
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  report: async ({}, use, testInfo) => {
    await use((section, feature, value) => {
      testInfo.annotations.push(factAnnotation({ section, feature, value }))
    })
  },
})
