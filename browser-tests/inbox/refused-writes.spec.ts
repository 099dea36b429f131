/** A write that the engine refuses undoes the whole call, and nothing is released or forgotten for it. */

import { expect, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'

const at = { database: 'refused writes', pastEpochs: 3 }

test('a write that is refused undoes the whole call', async ({ driver: page, pageUrl }) => {
  const room = await makeRoom(2)
  await page.open(pageUrl)
  await page.run(() => inboxTasks.watchWrites())
  const refuse = (store: string | null): Promise<void> =>
    page.run((name) => inboxTasks.refuseWrites(name), store)
  const enter = (epoch: number): Promise<string> =>
    page.run((given) => inboxTasks.enter(given), { at, member: room.bob, epoch })
  const seal = (epoch: number, text: string): Promise<string> => sealInNode(room, epoch, text)
  const receive = (messages: readonly string[]): Promise<string[]> =>
    page.run((given) => inboxTasks.receiveAll(given), { at, messages })
  const kept = () => page.run((name) => inboxTasks.contents(name), at.database)

  for (const epoch of [1, 2]) expect(await enter(epoch)).toBe('entered')
  const first = await seal(1, 'the first')
  expect(await receive([first])).toEqual(['released the first'])

  await test.step('a mark', async () => {
    const message = await seal(2, '0')
    await refuse('marks')
    expect(await receive([message])).toEqual(['storage'])
    await refuse(null)
    expect(await receive([message, message])).toEqual(['released 0', 'replay'])
  })

  await test.step('marks of 64 messages that are written as one record with the 65th', async () => {
    const texts = Array.from({ length: 63 }, (_, i) => `${i + 1}`)
    const messages = await Promise.all(texts.map((text) => seal(2, text)))
    expect(await receive(messages)).toEqual(texts.map((text) => `released ${text}`))
    const last = await seal(2, '64')
    await refuse('marks')
    expect(await receive([last])).toEqual(['storage'])
    await refuse(null)
    // From the database, not from memory.
    await page.run((given) => inboxTasks.close(given), at)
    expect(await receive([...messages, last])).toEqual([...texts.map(() => 'replay'), 'released 64'])
  })

  await test.step('a window', async () => {
    await page.run((given) => inboxTasks.close(given), at)
    await refuse('settings')
    expect(await page.run((given) => inboxTasks.open(given), { ...at, pastEpochs: 0 })).toBe('storage')
    await refuse(null)
    expect(await page.run((given) => inboxTasks.open(given), { database: at.database })).toBe('opened')
    expect(await enter(3)).toBe('entered')
    expect((await kept()).groups.map((name) => name.split(' ')[1])).toEqual(['1', '2', '3'])
  })

  await test.step('an epoch, whichever part of it', async () => {
    const before = await kept()
    await refuse('groups')
    expect(await enter(4)).toBe('storage')
    await refuse('records')
    expect(await enter(4)).toBe('storage')
    await refuse(null)
    expect(await kept()).toEqual(before)
    expect(await enter(4)).toBe('entered')
  })

  expect(await page.consoleErrors()).toEqual([])
})
