/** A page, a second tab and a service worker that open one database with different options. */

import { expect, type PageDriver, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'

const database = 'window'
/** Each names another window, or none. */
const wide = { database, pastEpochs: 3 }
const silent = { database }
const narrow = { database, pastEpochs: 1 }

test('the window belongs to the database', async ({ driver: page, pageUrl }) => {
  const room = await makeRoom(2)
  const tab = await page.newPage()
  await page.open(pageUrl)
  await tab.open(pageUrl)
  const enter = (who: PageDriver, at: typeof silent, epoch: number): Promise<string> =>
    who.run((given) => inboxTasks.enter(given), { at, member: room.bob, epoch })
  const receive = async (who: PageDriver, at: typeof silent, epoch: number): Promise<string> =>
    who.run((given) => inboxTasks.receive(given), { at, message: await sealInNode(room, epoch, `${epoch}`) })
  const kept = async (): Promise<number[]> => {
    const { groups, records } = await page.run((name) => inboxTasks.contents(name), database)
    expect(records).toEqual(groups)
    return groups.map((name) => Number(name.split(' ')[1])).sort((a, b) => a - b)
  }

  for (const epoch of [1, 2, 3, 4]) expect(await enter(page, wide, epoch)).toBe('entered')
  expect(await kept()).toEqual([1, 2, 3, 4])

  // An inbox that names no window deletes nothing, neither when it opens nor when it enters.
  expect(await tab.run((at) => inboxTasks.open(at), silent)).toBe('opened')
  expect(await kept()).toEqual([1, 2, 3, 4])
  expect(await receive(tab, silent, 1)).toBe('released 1')
  expect(await enter(tab, silent, 5)).toBe('entered')
  expect(await kept()).toEqual([2, 3, 4, 5])

  // A narrower one ends no epoch by its number until the next is entered, for nobody.
  const messages = [await sealInNode(room, 2, 'two'), await sealInNode(room, 5, 'five')]
  const inWorker = await page.run(receiveInServiceWorker, { at: narrow, messages })
  expect(inWorker).toEqual(['released two', 'released five'])
  expect(await kept()).toEqual([2, 3, 4, 5])
  expect(await receive(page, wide, 2)).toBe('released 2')
  expect(await enter(tab, silent, 6)).toBe('entered')
  expect(await kept()).toEqual([5, 6])
  for (const [who, at] of [
    [page, wide],
    [tab, silent],
  ] as const) {
    expect(await receive(who, at, 4)).toBe('epoch-expired')
    expect(await receive(who, at, 5)).toBe('released 5')
  }
  // Also for the page that is open since it named the wider one.
  expect(await enter(page, wide, 7)).toBe('entered')
  expect(await kept()).toEqual([6, 7])

  // A wider one holds for all from then on.
  await page.run((at) => inboxTasks.close(at), wide)
  expect(await page.run((at) => inboxTasks.open(at), wide)).toBe('opened')
  for (const epoch of [8, 9, 10]) expect(await enter(tab, silent, epoch)).toBe('entered')
  expect(await kept()).toEqual([7, 8, 9, 10])

  // A time that is over ends epochs at once, and in every tab.
  await page.run((at) => inboxTasks.close(at), wide)
  expect(await page.run((at) => inboxTasks.open(at), { ...silent, maxAge: 1 })).toBe('opened')
  expect(await kept()).toEqual([10])
  expect(await receive(tab, silent, 9)).toBe('epoch-expired')
  expect(await receive(tab, silent, 10)).toBe('released 10')
  await page.run(() => inboxTasks.leaveWorkers())
  expect([...(await page.consoleErrors()), ...(await tab.consoleErrors())]).toEqual([])
})

const receiveInServiceWorker = (given: {
  at: typeof silent
  messages: readonly string[]
}): Promise<unknown> => inboxTasks.inWorker('service worker', { task: 'receiveAll', ...given })
