/** The demo between browsers that share nothing but a broker. */

import { type Broker, startMosquitto } from '../../scripts/broker/mosquitto.js'
import { deliveryMounts } from '../delivery/bundle.js'
import { become, enter, hear, publish, texts, textsHeard } from '../delivery/steps.js'
import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, type LaunchedBrowser, test } from '../fixtures.js'
import { demoMounts } from '../package/served.js'
import { founders, Page } from './page.js'

const room = 'a room / with + all #'

let broker: Broker
/** With a profile of its own. */
let other: LaunchedBrowser

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for out of this pattern
test.beforeAll(async ({}, { project }) => {
  broker = await startMosquitto({ host: '127.0.0.1', port: 0 })
  other = await launch(engineNamed(project.name).name)
})

test.afterEach(() => other.closePages())

test.afterAll(async () => {
  await other.close()
  await broker.stop()
})

test('two browsers hold a conversation', { tag: '@long' }, async ({ driver, serveHere }) => {
  const mounts = demoMounts()
  const [{ origin: here }, { origin: there }] = [await serveHere({ mounts }), await serveHere({ mounts })]
  await driver.resize(1400, 1000)
  await driver.open(`${here}/?broker=${broker.url}`)
  const host = new Page(driver, here)
  await host.inEpoch(1, founders)

  const guestDriver = await other.newPage()
  await guestDriver.resize(1400, 1000)
  await guestDriver.open((await host.invitation()).replace(here, there))
  const guest = new Page(guestDriver, there)
  await guest.inEpoch(2, ['Dave'])
  await host.inEpoch(2, ['Alice'])

  await guest.say('Dave', 'Good morning from afar')
  await host.sees('Carol', 'Good morning from afar')
  await host.say('Alice', 'Only for Dave', ['Dave'])
  expect(await guest.read('Dave')).toBe('Only for Dave')
  await host.sees('Alice', '✓ read by Dave')
  await guest.say('Dave', 'Only for Alice', ['Alice'])
  expect(await host.read('Alice')).toBe('Only for Alice')
  await guest.sees('Dave', '✓ read by Alice')
  for (const page of [driver, guestDriver]) expect(await page.consoleErrors()).toEqual([])
})

test('two browsers hear one order, from the start, and after one was away', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const mounts = await deliveryMounts()
  const [{ origin: here }, { origin: there }] = [await serveHere({ mounts }), await serveHere({ mounts })]
  const search = `?broker=${broker.url}`
  await enter(driver, { url: here, room, search })
  await become(driver, 'online')
  await publish(driver, texts('early', 2))
  await hear(driver, 2)

  const page = await other.newPage()
  await enter(page, { url: there, room, search })
  expect(await textsHeard(page, 2)).toEqual(texts('early', 2))
  await Promise.all([publish(driver, texts('here', 3)), publish(page, texts('there', 3))])
  const heard = await textsHeard(driver, 8)
  expect(await textsHeard(page, 8)).toEqual(heard)
  expect(heard.filter((text) => text.startsWith('there'))).toEqual(texts('there', 3))

  // One is away; its second tab then goes on from where the first was.
  const cursor = (await hear(page, 8)).at(-1)?.cursor ?? ''
  await page.run(() => deliveryTasks.close())
  await publish(driver, texts('meanwhile', 2))
  await hear(driver, 10)
  const back = await other.newPage()
  await enter(back, { url: there, room, search, cursor })
  expect(await textsHeard(back, 2)).toEqual(texts('meanwhile', 2))

  // Both tabs of that browser, over the one connection of it.
  await enter(page, { url: there, room, search })
  await become(page, 'online')
  await publish(page, ['from the tab without the connection'])
  expect((await textsHeard(back, 3)).at(-1)).toBe('from the tab without the connection')
  expect((await hear(page, 11)).slice(8)).toEqual(await hear(back, 3))
  expect((await textsHeard(driver, 11)).at(-1)).toBe('from the tab without the connection')

  await page.run(() => deliveryTasks.publishAgain('once', 3))
  await publish(page, ['after it'])
  expect((await textsHeard(driver, 13)).slice(11)).toEqual(['once', 'after it'])
  for (const each of [driver, page, back]) expect(await each.consoleErrors()).toEqual([])
})

test('without its broker a page is offline, and keeps what it publishes', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const first = await startMosquitto({ host: '127.0.0.1', port: 0 })
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const search = `?broker=${first.url}`
  await enter(driver, { url: origin, room, search })
  await become(driver, 'online')
  await first.stop()
  await become(driver, 'offline')
  await publish(driver, ['kept'])
  const again = await startMosquitto({ host: '127.0.0.1', port: Number(new URL(first.url).port) })
  try {
    expect(await textsHeard(driver, 1)).toEqual(['kept'])
    await become(driver, 'online')
    await driver.run(() => deliveryTasks.close())
    await become(driver, 'offline')
  } finally {
    await again.stop()
  }
})
