/** What the inbox tests have besides the suite's own fixtures. */

import { test as base, expect, type PageDriver } from '../fixtures.js'
import { inboxMounts } from './bundle.js'

export { expect, type PageDriver } from '../fixtures.js'

interface InboxFixtures {
  /** Where the page with `inboxTasks` is; an origin, and with it databases, of its own for each test. */
  readonly pageUrl: string
}

/** Looks into all databases of the page's origin. Tests that start a browser of their own call it themselves. */
export async function expectNothingTooLong(page: PageDriver): Promise<void> {
  expect(await page.run(() => inboxTasks.faultsInDatabases())).toEqual([])
}

export const test = base.extend<InboxFixtures>({
  driver: async ({ driver }, use) => {
    await use(driver)
    await expectNothingTooLong(driver)
  },

  pageUrl: async ({ serveHere }, use) => {
    const { origin } = await serveHere({ mounts: await inboxMounts() })
    await use(`${origin}/index.html`)
  },
})
