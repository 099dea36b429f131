/** What is stored is as long as it should be. `contents`, which other specs call, checks that as well. */

import { setTimeout as delay } from 'node:timers/promises'
import { expect, type PageDriver, test } from './fixtures.js'
import { makeRoom } from './room.js'

const at = { database: 'raw', pastEpochs: 4, maxMessageLength: 40_000_000 }
const maxAge = 500

/**
 * The field that is large, and the code for a flipped bit. The sender auth data is bound to the beginning of the content,
 * which is all of a short one; what is in the clear is signed. WebKit on Linux ends the page that is to sign or verify
 * more than 65,535 bytes with Ed25519, so in suite 1 it is the content.
 */
const cases = [
  { cipherSuite: 1, field: 'applicationData', flips: ['content', 'signature'] },
  { cipherSuite: 2, field: 'authenticatedData', flips: ['sender-auth-data', 'signature'] },
] as const

for (const { cipherSuite, field, flips } of cases) {
  /** Cut off, and longer than it says. */
  const refusals = [...flips, 'malformed', 'malformed']
  test(`messages of 20 MB leave nothing behind, suite ${cipherSuite}`, { tag: '@long' }, async ({
    driver,
    pageUrl,
  }) => {
    const { alice, bob } = await makeRoom(cipherSuite)
    const other = await driver.newPage()
    await driver.open(pageUrl)
    await other.open(pageUrl)
    const look = () => driver.run((name) => inboxTasks.lookIntoDatabase(name), at.database)
    const junkIn = (tab: PageDriver, here: { database: string }, epoch: number): Promise<string[]> =>
      tab.run((given) => inboxTasks.receiveLargeJunk(given), { at: here, member: alice, epoch, field })

    const entering = { at, member: bob, epochs: [1, 2] }
    expect(await driver.run((given) => inboxTasks.enterAll(given), entering)).toEqual(['entered', 'entered'])
    const entered = await look()
    expect(entered.faults).toEqual([])
    expect(await junkIn(driver, at, 2)).toEqual(refusals)
    expect(await look()).toEqual(entered)
    // With the limit that is there unless another is given.
    expect(await junkIn(other, { database: at.database }, 2)).toEqual(Array(4).fill('too-large'))

    const receiving = { at, member: alice, epoch: 2, field }
    expect(await driver.run((given) => inboxTasks.receiveLarge(given), receiving)).toEqual({
      groupId: [16, 16],
      applicationData: [10, 10],
      authenticatedData: [10, 10],
      [field]: [20_000_000, 20_000_000],
    })
    const marked = await look()
    expect(marked.faults).toEqual([])
    // The record of one mark: its key, and three fields.
    expect([marked.fields, marked.longest]).toEqual([entered.fields + 4, entered.longest])

    // Junk of the group finds that an epoch is too old, and ends it.
    await other.run((given) => inboxTasks.close(given), at)
    expect(await other.run((given) => inboxTasks.open(given), { ...at, maxAge })).toBe('opened')
    expect(await driver.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 3 })).toBe(
      'entered',
    )
    await delay(2 * maxAge)
    expect(await junkIn(other, at, 3)).toEqual(refusals)
    const left = [`${bob.groupId} 3`]
    expect(await driver.run((name) => inboxTasks.contents(name), at.database)).toEqual({
      groups: left,
      records: left,
      marks: [],
    })
  })
}
