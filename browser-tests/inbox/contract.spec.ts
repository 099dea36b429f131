/** The contract of stores, over IndexedDB in this engine. Each check has a database of its own. */

import { inboxStoreContract } from '../../lib/inbox/contract/inbox-store.js'
import { expect, test } from './fixtures.js'

for (const { name } of inboxStoreContract) {
  test(`IdbStore ${name}`, async ({ driver, pageUrl }) => {
    await driver.open(pageUrl)
    await driver.run((check) => inboxTasks.runStoreCheck(check), name)
    expect(await driver.consoleErrors()).toEqual([])
  })
}
