/** A backlog that is received at once, by `receiveEach`. */

import { expect, test } from './fixtures.js'
import { idInNode, makeRoom, sealInNode } from './room.js'

const at = { database: 'backlog', pastEpochs: 1 }
const length = 40

test('each message of a backlog is kept once, in order, whatever lies between', async ({
  driver,
  pageUrl,
}) => {
  const room = await makeRoom(2)
  const stranger = await makeRoom(2)
  await driver.open(pageUrl)
  const entering = { at, member: room.bob, epochs: [1, 2] }
  await driver.run((given) => inboxTasks.enterAll(given), entering)
  const before = await sealInNode(room, 2, 'before')
  expect(await driver.run((given) => inboxTasks.receive(given), { at, message: before })).toBe(
    'released before',
  )

  /** What is no good, by its place. */
  const wrong: Readonly<Record<number, readonly [message: string, outcome: string]>> = {
    0: [await sealInNode(stranger, 1, 'stranger'), 'unknown-group'],
    7: [(await sealInNode(room, 1, 'cut off')).slice(0, -2), 'malformed'],
    8: [before, 'replay'],
    21: [damaged(await sealInNode(room, 2, 'damaged')), 'sender-auth-data'],
    39: [await sealInNode(room, 3, 'ahead'), 'epoch-ahead'],
  }
  const backlog: (readonly [message: string, outcome: string])[] = []
  const kept: Record<string, string> = {}
  for (let i = 0; i < length; i++) {
    const epoch = 1 + (i % 2)
    const message = await sealInNode(room, epoch, `${i}`)
    backlog.push(wrong[i] ?? [message, `released ${i}`])
    if (!wrong[i]) kept[await idInNode(room, epoch, message)] = `${i}`
  }
  const messages = backlog.map(([message]) => message)

  expect(await driver.run((given) => inboxTasks.keepEach(given), { at, messages })).toEqual(backlog)
  expect(await driver.run(() => inboxTasks.keptMessages())).toEqual(kept)
  // Another instance knows from the database what was received.
  await driver.run((given) => inboxTasks.close(given), at)
  const again = backlog.map(([message, outcome], i) => [message, wrong[i] ? outcome : 'replay'])
  expect(await driver.run((given) => inboxTasks.keepEach(given), { at, messages })).toEqual(again)
  expect(await driver.consoleErrors()).toEqual([])
})

for (const { when, next } of [
  { when: '', next: [] },
  { when: ', also when the next epoch was entered meanwhile', next: [2] },
]) {
  test(`who stops early can receive the rest again${when}`, async ({ driver, pageUrl }) => {
    const { alice, bob } = await makeRoom(2)
    await driver.open(pageUrl)
    await driver.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 1 })
    const texts = Array.from({ length }, (_, i) => `${i}`)
    const messages = await driver.run((given) => inboxTasks.seal(given), { member: alice, epoch: 1, texts })
    const released = messages.map((message, i) => [message, `released ${i}`])
    const entering = next.map((epoch) => ({ at, member: bob, epoch }))
    const count = 10
    const taken = await driver.run((given) => inboxTasks.takeSome(given), { at, messages, count, entering })
    expect(taken).toEqual([
      ...released.slice(0, count),
      ...next.map((epoch) => [`epoch ${epoch}`, 'entered']),
    ])

    await driver.run((given) => inboxTasks.close(given), at)
    const rest = await driver.run((given) => inboxTasks.receiveAll(given), { at, messages })
    expect(rest).toEqual(texts.map((text, i) => (i < count ? 'replay' : `released ${text}`)))
  })
}

/** With its last byte changed. */
const damaged = (message: string): string =>
  message.slice(0, -1) + (Number.parseInt(message.slice(-1), 16) ^ 1).toString(16)
