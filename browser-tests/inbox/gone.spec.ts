/** Keys that one tab deletes are dropped by the others, even if they do nothing. */

import { expect, type PageDriver, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'

const at = { database: 'gone', pastEpochs: 0 }

/** A tab that changes things, and an idle one that has received a message and holds the keys. */
async function twoTabs(driver: PageDriver, pageUrl: string) {
  const room = await makeRoom(1)
  const idle = await driver.newPage()
  await driver.open(pageUrl)
  await idle.open(pageUrl)
  const enter = (member: typeof room.bob, epoch: number): Promise<string> =>
    driver.run((given) => inboxTasks.enter(given), { at, member, epoch })
  const receive = (message: string) => idle.run((given) => inboxTasks.receiveCounting(given), { at, message })
  expect(await enter(room.bob, 1)).toBe('entered')
  const first = await receive(await sealInNode(room, 1, 'first'))
  expect(first.outcome).toBe('released first')
  // Otherwise nothing is counted.
  expect(first.keyUses).toBeGreaterThan(0)
  await idle.run((name) => inboxTasks.listenToChanges(name), at.database)
  /** Milliseconds after now until the idle tab has heard of this many changes. */
  const heard = async (count: number, since: number): Promise<number> =>
    (await idle.run((wanted) => inboxTasks.heardChanges(wanted), count)) - since
  const leave = (): Promise<string> =>
    driver.run((given) => inboxTasks.leave(given), { at, groupId: room.bob.groupId })
  return { room, enter, leave, receive, heard }
}

test('an idle tab drops the keys of an epoch that ended, and of a group that was left', async ({
  driver,
  pageUrl,
}) => {
  const { room, enter, leave, receive, heard } = await twoTabs(driver, pageUrl)
  const late = await sealInNode(room, 1, 'late')
  expect(await enter(room.bob, 2)).toBe('entered')
  const ended = await heard(1, Date.now())
  expect(await receive(late)).toEqual({ outcome: 'epoch-expired', keyUses: 0 })
  expect((await receive(await sealInNode(room, 2, 'second'))).outcome).toBe('released second')
  const later = await sealInNode(room, 2, 'later')
  expect(await leave()).toBe('left')
  const left = await heard(2, Date.now())
  expect(await receive(later)).toEqual({ outcome: 'unknown-group', keyUses: 0 })
  console.log(`${driver.engine}: heard ${ended} and ${left} ms after it was done`)
})

test('a group that was left and entered anew, with the same epoch and other keys', async ({
  driver,
  pageUrl,
}) => {
  const { room, enter, leave, receive, heard } = await twoTabs(driver, pageUrl)
  const anew = await makeRoom(1, { like: room })
  expect(await leave()).toBe('left')
  expect(await enter(anew.bob, 1)).toBe('entered')
  await heard(2, Date.now())
  // Its first call since then, so nothing else can have told it.
  expect((await receive(await sealInNode(anew, 1, 'anew'))).outcome).toBe('released anew')
  expect((await receive(await sealInNode(room, 1, 'late'))).outcome).toBe('sender-auth-data')
})

test('the same where a tab hears nothing: at its next call', async ({ driver, pageUrl }) => {
  const { room, enter, leave, receive } = await twoTabs(driver, pageUrl)
  const anew = await makeRoom(1, { like: room })
  await driver.run(() => inboxTasks.tellNobody())
  expect(await leave()).toBe('left')
  expect((await receive(await sealInNode(room, 1, 'late'))).outcome).toBe('unknown-group')
  expect(await enter(room.bob, 1)).toBe('entered')
  expect((await receive(await sealInNode(room, 1, 'again'))).outcome).toBe('released again')
  expect(await leave()).toBe('left')
  expect(await enter(anew.bob, 1)).toBe('entered')
  expect((await receive(await sealInNode(anew, 1, 'anew'))).outcome).toBe('released anew')
  expect((await receive(await sealInNode(room, 1, 'late'))).outcome).toBe('sender-auth-data')
})
