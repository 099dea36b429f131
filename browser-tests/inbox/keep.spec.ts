/** A message whose `keep` takes time, while others receive it as well. */

import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, expectNothingTooLong, type PageDriver, test } from './fixtures.js'
import { idInNode, makeRoom, sealInNode } from './room.js'

const at = { database: 'kept', pastEpochs: 1 }

/** One message, and its id as the sender knows it. */
async function makeMessage() {
  const room = await makeRoom(2)
  const message = await sealInNode(room, 1, 'precious')
  return { member: room.bob, given: { at, message }, id: await idInNode(room, 1, message) }
}

test('tabs and workers wait for the one that keeps, and get replay', async ({ driver, pageUrl, report }) => {
  const { member, given, id } = await makeMessage()
  const { other, outcomesOfOthers } = await twoTabs(driver, pageUrl)
  await driver.run((entering) => inboxTasks.enter(entering), { at, member, epoch: 1 })
  expect(await driver.run((one) => inboxTasks.beginKeep(one), given)).toBe(id)
  await startAll(driver, other, given)
  expect(await driver.run(() => inboxTasks.endKeep('well'))).toBe(`kept ${id}`)
  expect(await outcomesOfOthers()).toEqual(Array(8).fill('replay'))
  await other.run(() => inboxTasks.leaveWorkers())
  expect([...(await driver.consoleErrors()), ...(await other.consoleErrors())]).toEqual([])
  report('Platform', 'while one tab keeps a message', 'tabs and workers wait')
})

test('where it cannot be kept, one of those who wait receives it', async ({ driver, pageUrl }) => {
  const { member, given, id } = await makeMessage()
  const { other, outcomesOfOthers } = await twoTabs(driver, pageUrl)
  await driver.run((entering) => inboxTasks.enter(entering), { at, member, epoch: 1 })
  await driver.run((one) => inboxTasks.beginKeep(one), given)
  await startAll(driver, other, given)
  const failed = await driver.run(() => inboxTasks.endKeep('with an error'))
  expect(failed).toBe('not a TargetedMessageError: Error: no room')
  expectOnce(await outcomesOfOthers(), id)
  await other.run(() => inboxTasks.leaveWorkers())
})

/** How a tab, or a worker of it, ends in the middle of `keep`. */
const ends: Readonly<
  Record<string, { begin: typeof beginHere; end: (doomed: PageDriver) => Promise<void> }>
> = {
  'its tab is closed': { begin: beginHere, end: (doomed) => doomed.close() },
  'its tab goes elsewhere': {
    begin: beginHere,
    end: (doomed) =>
      doomed.run(() => {
        location.search = '?elsewhere'
      }),
  },
  'its worker is terminated': {
    begin: (doomed, given) =>
      doomed.run((one) => inboxTasks.inWorker('dedicated worker', { task: 'beginKeep', ...one }), given),
    end: (doomed) => doomed.run(() => inboxTasks.leaveWorkers()),
  },
}

for (const [how, { begin, end }] of Object.entries(ends)) {
  test(`${how} in keep: the next delivery is received, with the same id`, async ({ driver, pageUrl }) => {
    const { member, given, id } = await makeMessage()
    const doomed = await driver.newPage()
    await driver.open(pageUrl)
    await doomed.open(pageUrl)
    await driver.run((entering) => inboxTasks.enter(entering), { at, member, epoch: 1 })
    expect(await begin(doomed, given)).toBe(id)
    await driver.run((one) => inboxTasks.startReceiving(one), given)
    await driver.run((count) => inboxTasks.untilWaiting(count), 2)
    await end(doomed)
    expectOnce(await driver.run(() => inboxTasks.received()), id)
    expect(await driver.run((one) => inboxTasks.receive(one), given)).toBe('replay')
  })
}

test(
  'the browser is killed in keep: the same',
  { tag: '@long' },
  async ({ pageUrl, profile }, { project }) => {
    const { member, given, id } = await makeMessage()
    const { name: engine } = engineNamed(project.name)
    const first = await launch(engine, { profile })
    try {
      const page = await first.newPage()
      await page.open(pageUrl)
      await page.run((entering) => inboxTasks.enter(entering), { at, member, epoch: 1 })
      expect(await beginHere(page, given)).toBe(id)
    } finally {
      await first.kill()
    }
    const second = await launch(engine, { profile })
    try {
      const page = await second.newPage()
      await page.open(pageUrl)
      await page.run((one) => inboxTasks.startReceiving(one), given)
      expectOnce(await page.run(() => inboxTasks.received()), id)
      await expectNothingTooLong(page)
    } finally {
      await second.close()
    }
  },
)

type Given = { readonly at: typeof at; readonly message: string }

function beginHere(doomed: PageDriver, given: Given): Promise<unknown> {
  return doomed.run((one) => inboxTasks.beginKeep(one), given)
}

async function twoTabs(driver: PageDriver, pageUrl: string) {
  const other = await driver.newPage()
  await driver.open(pageUrl)
  await other.open(pageUrl)
  const outcomesOfOthers = async (): Promise<unknown[]> => [
    ...(await driver.run(() => inboxTasks.received())),
    ...(await other.run(() => inboxTasks.received())),
    ...(await other.run(receivedInWorkers)),
  ]
  return { other, outcomesOfOthers }
}

/** With `keep` and without, in both tabs and in two workers; resolves when all eight wait. */
async function startAll(driver: PageDriver, other: PageDriver, given: Given): Promise<void> {
  for (const tab of [driver, other]) await tab.run((one) => inboxTasks.startReceiving(one), given)
  await other.run(startInWorkers, given)
  await driver.run((count) => inboxTasks.untilWaiting(count), 8)
}

/** One has received it, with or without `keep`, and the others find that out. */
function expectOnce(outcomes: readonly unknown[], id: string): void {
  const received = outcomes.filter((outcome) => outcome !== 'replay')
  expect(received, JSON.stringify(outcomes)).toHaveLength(1)
  expect([`kept ${id}`, `released ${id}`]).toContain(received[0])
}

async function startInWorkers(given: Given): Promise<void> {
  await inboxTasks.inWorker('dedicated worker', { task: 'startReceiving', ...given })
  await inboxTasks.inWorker('service worker', { task: 'startReceiving', ...given })
}

async function receivedInWorkers(): Promise<unknown[]> {
  const both = [
    await inboxTasks.inWorker('dedicated worker', { task: 'received' }),
    await inboxTasks.inWorker('service worker', { task: 'received' }),
  ]
  return both.flat()
}
