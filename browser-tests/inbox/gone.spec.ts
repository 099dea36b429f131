/** Keys that one tab deletes are dropped by other tabs and workers, even if they do nothing. */

import { expect, type PageDriver, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'
import type { Task } from './tasks/workers.js'

const at = { database: 'gone', pastEpochs: 0 }

/** A tab or a worker that does nothing until it is asked. */
interface Idle {
  receive(message: string): Promise<unknown>
  listen(): Promise<unknown>
  /** Resolves when it has heard of this many changes, and rejects after the second in which that is promised. */
  heard(count: number): Promise<unknown>
}

const inTab = (page: PageDriver): Idle => ({
  receive: (message) => page.run((given) => inboxTasks.receiveCounting(given), { at, message }),
  listen: () => page.run((name) => inboxTasks.listenToChanges(name), at.database),
  heard: (count) => page.run((wanted) => inboxTasks.heardChanges(wanted), count),
})

const inWorker = (page: PageDriver): Idle => {
  const ask = (task: Task): Promise<unknown> =>
    page.run((given) => inboxTasks.inWorker('service worker', given), task)
  return {
    receive: (message) => ask({ task: 'receiveCounting', at, message }),
    listen: () => ask({ task: 'listenToChanges', database: at.database }),
    heard: (count) => ask({ task: 'heardChanges', count }),
  }
}

/** A tab that changes things, and an idle one, or its idle worker, that has received a message and holds the keys. */
async function twoTabs(driver: PageDriver, pageUrl: string, idleIn = inTab) {
  const room = await makeRoom(1)
  const other = await driver.newPage()
  await driver.open(pageUrl)
  await other.open(pageUrl)
  const { receive, listen, heard } = idleIn(other)
  const enter = (member: typeof room.bob, epoch: number): Promise<string> =>
    driver.run((given) => inboxTasks.enter(given), { at, member, epoch })
  expect(await enter(room.bob, 1)).toBe('entered')
  const first = await receive(await sealInNode(room, 1, 'first'))
  expect(first).toMatchObject({ outcome: 'released first' })
  // Otherwise nothing is counted.
  expect(first).not.toMatchObject({ keyUses: 0 })
  await listen()
  const leave = (): Promise<string> =>
    driver.run((given) => inboxTasks.leave(given), { at, groupId: room.bob.groupId })
  return { room, enter, leave, receive, heard }
}

for (const [where, idleIn] of [
  ['tab', inTab],
  ['service worker', inWorker],
] as const) {
  test(`an idle ${where} drops the keys of an epoch that ended, and of a group that was left`, async ({
    driver,
    pageUrl,
  }) => {
    const { room, enter, leave, receive, heard } = await twoTabs(driver, pageUrl, idleIn)
    const late = await sealInNode(room, 1, 'late')
    expect(await enter(room.bob, 2)).toBe('entered')
    await heard(1)
    expect(await receive(late)).toEqual({ outcome: 'epoch-expired', keyUses: 0 })
    expect(await receive(await sealInNode(room, 2, 'second'))).toMatchObject({ outcome: 'released second' })
    const later = await sealInNode(room, 2, 'later')
    expect(await leave()).toBe('left')
    await heard(2)
    expect(await receive(later)).toEqual({ outcome: 'unknown-group', keyUses: 0 })
    await driver.run(() => inboxTasks.leaveWorkers())
  })
}

test('a group that was left and entered anew, with the same epoch and other keys', async ({
  driver,
  pageUrl,
}) => {
  const { room, enter, leave, receive, heard } = await twoTabs(driver, pageUrl)
  const anew = await makeRoom(1, { like: room })
  expect(await leave()).toBe('left')
  expect(await enter(anew.bob, 1)).toBe('entered')
  await heard(2)
  // Its first call since then, so nothing else can have told it.
  expect(await receive(await sealInNode(anew, 1, 'anew'))).toMatchObject({ outcome: 'released anew' })
  expect(await receive(await sealInNode(room, 1, 'late'))).toMatchObject({ outcome: 'sender-auth-data' })
})

test('the same where a tab hears nothing: at its next call', async ({ driver, pageUrl }) => {
  const { room, enter, leave, receive } = await twoTabs(driver, pageUrl)
  const anew = await makeRoom(1, { like: room })
  await driver.run(() => inboxTasks.tellNobody())
  expect(await leave()).toBe('left')
  expect(await receive(await sealInNode(room, 1, 'late'))).toMatchObject({ outcome: 'unknown-group' })
  expect(await enter(room.bob, 1)).toBe('entered')
  expect(await receive(await sealInNode(room, 1, 'again'))).toMatchObject({ outcome: 'released again' })
  expect(await leave()).toBe('left')
  expect(await enter(anew.bob, 1)).toBe('entered')
  expect(await receive(await sealInNode(anew, 1, 'anew'))).toMatchObject({ outcome: 'released anew' })
  expect(await receive(await sealInNode(room, 1, 'late'))).toMatchObject({ outcome: 'sender-auth-data' })
})
