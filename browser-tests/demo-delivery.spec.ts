/** The demo's delivery service between tabs: MLS needs one order of commits for all. */

import { deliveryMounts } from './delivery/bundle.js'
import { expect, type PageDriver, test } from './fixtures.js'

const room = 'a room'

async function enter(page: PageDriver, url: string, cursor?: string): Promise<void> {
  await page.open(url)
  await page.run((where) => deliveryTasks.enter(where), { room, ...(cursor && { cursor }) })
}

const publish = (page: PageDriver, texts: readonly string[]): Promise<void> =>
  page.run((given) => deliveryTasks.publish(given), texts)

const hear = (page: PageDriver, count: number) => page.run((given) => deliveryTasks.hear(given), count)

const texts = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${from} ${i}`)

test('two tabs that publish at once hear one order, and a third that comes later hears it too', async ({
  driver,
  serveHere,
}) => {
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const [other, late] = [await driver.newPage(), await driver.newPage()]
  await enter(driver, origin)
  await enter(other, origin)
  const [mine, theirs] = [texts('here', 40), texts('there', 40)]
  await Promise.all([publish(driver, mine), publish(other, theirs)])
  const heard = await hear(driver, 80)
  expect(heard).toHaveLength(80)
  expect(await hear(other, 80)).toEqual(heard)
  const order = heard.map(({ text }) => text)
  expect(order.filter((text) => text.startsWith('here'))).toEqual(mine)
  expect(order.filter((text) => text.startsWith('there'))).toEqual(theirs)

  await enter(late, origin)
  await publish(late, ['late'])
  expect((await hear(late, 81)).slice(0, 80)).toEqual(heard)
  expect(await hear(driver, 81)).toEqual(await hear(late, 81))
  for (const page of [driver, other, late]) expect(await page.consoleErrors()).toEqual([])
})

test('a tab goes on after its cursor, also after a reload and when all was cleared', async ({
  driver,
  serveHere,
}) => {
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const other = await driver.newPage()
  await enter(driver, origin)
  await enter(other, origin)
  await publish(driver, ['a', 'b', 'c'])
  const [, b] = await hear(driver, 3)
  await driver.run(() => deliveryTasks.close())
  await publish(other, ['d'])

  await enter(driver, origin, b?.cursor)
  const missed = await hear(driver, 2)
  expect(missed.map(({ text }) => text)).toEqual(['c', 'd'])

  await other.run(() => deliveryTasks.clear())
  await publish(other, ['e'])
  expect((await hear(driver, 3)).map(({ text }) => text)).toEqual(['c', 'd', 'e'])
  await enter(driver, origin)
  expect((await hear(driver, 1)).map(({ text }) => text)).toEqual(['e'])
  await enter(driver, origin, missed[1]?.cursor)
  expect((await hear(driver, 1)).map(({ text }) => text)).toEqual(['e'])

  // Another room's mail is not heard, nor anything after leaving.
  await driver.run(() => deliveryTasks.leave())
  await other.run((where) => deliveryTasks.enter(where), { room: 'another' })
  await publish(other, ['f'])
  expect((await hear(other, 6)).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect((await hear(driver, 1)).map(({ text }) => text)).toEqual(['e'])
  for (const page of [driver, other]) expect(await page.consoleErrors()).toEqual([])
})
