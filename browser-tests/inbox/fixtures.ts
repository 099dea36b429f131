/** What the inbox tests have besides the suite's own fixtures. */

import { test as base } from '../fixtures.js'
import { inboxMounts } from './bundle.js'

export { expect, type PageDriver } from '../fixtures.js'

interface InboxFixtures {
  /** Where the page with `inboxTasks` is; an origin, and with it databases, of its own for each test. */
  readonly pageUrl: string
}

export const test = base.extend<InboxFixtures>({
  pageUrl: async ({ serveHere }, use) => {
    const { origin } = await serveHere({ mounts: await inboxMounts() })
    await use(`${origin}/index.html`)
  },
})
