/** The demo's delivery service between tabs: MLS needs one order of commits for all. */

import { deliveryMounts } from '../delivery/bundle.js'
import { enter, hear, publish, texts, textsHeard } from '../delivery/steps.js'
import { expect, test } from '../fixtures.js'

const room = 'a room'

test('two tabs that publish at once hear one order, and a third that comes later hears it too', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const [other, late] = [await driver.newPage(), await driver.newPage()]
  await enter(driver, { url: origin, room })
  await enter(other, { url: origin, room })
  const [mine, theirs] = [texts('here', 40), texts('there', 40)]
  await Promise.all([publish(driver, mine), publish(other, theirs)])
  const heard = await hear(driver, 80)
  expect(heard).toHaveLength(80)
  expect(await hear(other, 80)).toEqual(heard)
  const order = heard.map(({ text }) => text)
  expect(order.filter((text) => text.startsWith('here'))).toEqual(mine)
  expect(order.filter((text) => text.startsWith('there'))).toEqual(theirs)

  await enter(late, { url: origin, room })
  await publish(late, ['late'])
  expect((await hear(late, 81)).slice(0, 80)).toEqual(heard)
  expect(await hear(driver, 81)).toEqual(await hear(late, 81))
  for (const page of [driver, other, late]) expect(await page.consoleErrors()).toEqual([])
})

test('a tab goes on after its cursor, also after a reload; a parcel is there once, however often it is published', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const other = await driver.newPage()
  await enter(driver, { url: origin, room })
  await enter(other, { url: origin, room })
  await publish(driver, ['a', 'b', 'c'])
  const [, b] = await hear(driver, 3)
  await driver.run(() => deliveryTasks.close())
  await publish(other, ['d'])

  await enter(driver, { url: origin, room, cursor: b?.cursor ?? '' })
  const missed = await hear(driver, 2)
  expect(missed.map(({ text }) => text)).toEqual(['c', 'd'])

  await other.run(() => deliveryTasks.publishAgain('e', 3))
  await publish(other, ['f'])
  expect(await textsHeard(driver, 4)).toEqual(['c', 'd', 'e', 'f'])
  await enter(driver, { url: origin, room, cursor: missed[1]?.cursor ?? '' })
  expect(await textsHeard(driver, 2)).toEqual(['e', 'f'])

  // Another room's mail is not heard.
  await other.run((where) => deliveryTasks.enter(where), { room: 'another' })
  await publish(other, ['g'])
  expect(await textsHeard(other, 7)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  expect(await textsHeard(driver, 2)).toEqual(['e', 'f'])
  for (const page of [driver, other]) expect(await page.consoleErrors()).toEqual([])
})
