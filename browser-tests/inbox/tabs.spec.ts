/** Tabs and workers that share the database of an inbox. */

import { expect, test } from './fixtures.js'
import { makeRoom } from './room.js'

const at = { database: 'shared', pastEpochs: 2 }

test('one message, ten times at once in two tabs and two workers', async ({ driver, pageUrl }) => {
  const { alice, bob } = await makeRoom(2)
  const other = await driver.newPage()
  await driver.open(pageUrl)
  await other.open(pageUrl)
  await driver.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 1 })

  for (const text of ['first', 'second', 'third']) {
    const sealing = { member: alice, epoch: 1, texts: [text] }
    const [message = ''] = await driver.run((given) => inboxTasks.seal(given), sealing)
    await driver.run((given) => inboxTasks.arm(given), { at, message, times: 3 })
    await other.run((given) => inboxTasks.arm(given), { at, message, times: 3 })
    await other.run(armWorkers, { at, message, times: 2 })
    await other.run((given) => inboxTasks.go(given), { message, contexts: 4 })
    const here = await driver.run(() => inboxTasks.outcomes())
    const there = await other.run(() => inboxTasks.outcomes())
    const workers = await other.run(outcomesOfWorkers)
    const heard = [...here, ...there, ...workers.flat()].sort()
    expect(heard).toEqual([`released ${text}`, ...Array(9).fill('replay')].sort())
  }
  await other.run(() => inboxTasks.leaveWorkers())
  expect([...(await driver.consoleErrors()), ...(await other.consoleErrors())]).toEqual([])
})

test('one tab enters epochs while others receive', async ({ driver, pageUrl }) => {
  const { alice, bob } = await makeRoom(1)
  const other = await driver.newPage()
  await driver.open(pageUrl)
  await other.open(pageUrl)
  const epochs = Array.from({ length: 15 }, (_, i) => i + 1)
  const messages: string[] = []
  for (const epoch of epochs) {
    const texts = [`${epoch}`]
    messages.push(...(await driver.run((given) => inboxTasks.seal(given), { member: alice, epoch, texts })))
  }
  const receiving = { at, messages }
  const [entered, inTab, inWorker] = await Promise.all([
    driver.run((given) => inboxTasks.enterAll(given), { at, member: bob, epochs }),
    other.run((given) => inboxTasks.untilReceived(given), receiving),
    other.run(
      (given) => inboxTasks.inWorker('dedicated worker', { task: 'untilReceived', ...given }),
      receiving,
    ),
  ])
  expect(entered).toEqual(epochs.map(() => 'entered'))
  const workerHeard = Array.isArray(inWorker) ? inWorker.map(String) : []
  for (const [i, epoch] of epochs.entries()) {
    const both = [inTab[i], workerHeard[i]]
    // A message may come after its epoch went. It is never released twice.
    for (const heard of both) expect([`released ${epoch}`, 'replay', 'epoch-expired']).toContain(heard)
    expect(both.filter((heard) => heard === `released ${epoch}`).length).toBeLessThan(2)
    if (both.includes('replay')) expect(both).toContain(`released ${epoch}`)
  }
  // The last three epochs are in the window to the end.
  for (const i of [-3, -2, -1]) expect([inTab.at(i), workerHeard.at(i)]).toContain('replay')
  const kept = [13, 14, 15].map((epoch) => `${bob.groupId} ${epoch}`)
  const contents = await driver.run((name) => inboxTasks.contents(name), at.database)
  expect(contents).toEqual({ groups: kept, records: kept, marks: kept })
  expect(await other.run((given) => inboxTasks.leave(given), { at, groupId: bob.groupId })).toBe('left')
  const left = await driver.run((name) => inboxTasks.contents(name), at.database)
  expect(left).toEqual({ groups: [], records: [], marks: [] })
  await other.run(() => inboxTasks.leaveWorkers())
})

for (const [what, take] of [
  ['deletes', () => inboxTasks.deleteDatabase('shared')],
  ['upgrades', () => inboxTasks.openHigher('shared')],
] as const) {
  test(`another tab ${what} the database`, async ({ driver, pageUrl }) => {
    const { alice, bob } = await makeRoom(1)
    const other = await driver.newPage()
    await driver.open(pageUrl)
    await other.open(pageUrl)
    const entering = { at, member: bob, epoch: 1 }
    expect(await driver.run((given) => inboxTasks.enter(given), entering)).toBe('entered')
    const texts = Array.from({ length: 40 }, (_, i) => `${i}`)
    const messages = await driver.run((given) => inboxTasks.seal(given), { member: alice, epoch: 1, texts })

    // While messages come in. That it resolves says that nobody held the database open.
    const [heard] = await Promise.all([
      driver.run((given) => inboxTasks.receiveAll(given), { at, messages }),
      other.run(take),
    ])
    for (const [i, outcome] of heard.entries()) expect([`released ${i}`, 'storage']).toContain(outcome)

    const calls = await driver.run((given) => inboxTasks.allCalls(given), {
      ...entering,
      message: messages[0] ?? '',
    })
    expect(calls).toEqual(Array(6).fill('storage'))
    await driver.run((given) => inboxTasks.close(given), at)
    const anew = await driver.run((given) => inboxTasks.receive(given), { at, message: messages[0] ?? '' })
    expect(anew).toBe(what === 'deletes' ? 'unknown-group' : 'storage')
    expect([...(await driver.consoleErrors()), ...(await other.consoleErrors())]).toEqual([])
  })
}

type Race = { at: typeof at; message: string; times: number }

async function armWorkers(race: Race): Promise<void> {
  await inboxTasks.inWorker('dedicated worker', { task: 'arm', ...race })
  await inboxTasks.inWorker('service worker', { task: 'arm', ...race })
}

async function outcomesOfWorkers(): Promise<unknown[]> {
  return [
    await inboxTasks.inWorker('dedicated worker', { task: 'outcomes' }),
    await inboxTasks.inWorker('service worker', { task: 'outcomes' }),
  ]
}
