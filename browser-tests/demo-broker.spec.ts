/** The demo's delivery service between browsers that share nothing but a broker. */

import { startMosquitto } from '../scripts/broker/mosquitto.js'
import { deliveryMounts } from './delivery/bundle.js'
import { become, enter, hear, publish, texts, textsHeard } from './delivery/steps.js'
import { launch } from './driver/launch.js'
import { engineNamed } from './engines/table.js'
import { expect, test } from './fixtures.js'

const room = 'a room / with + all #'

test('two browsers hear one order, from the start, and after one was away', async ({ driver, serveHere }, {
  project,
}) => {
  const broker = await startMosquitto({ host: '127.0.0.1', port: 0 })
  const other = await launch(engineNamed(project.name).name)
  try {
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
    await Promise.all([publish(driver, texts('here', 5)), publish(page, texts('there', 5))])
    const heard = await textsHeard(driver, 12)
    expect(await textsHeard(page, 12)).toEqual(heard)
    expect(heard.filter((text) => text.startsWith('there'))).toEqual(texts('there', 5))

    // One is away; its second tab then goes on from where the first was.
    const cursor = (await hear(page, 12)).at(-1)?.cursor ?? ''
    await page.open('about:blank')
    await publish(driver, texts('meanwhile', 3))
    await hear(driver, 15)
    const back = await other.newPage()
    await enter(back, { url: there, room, search, cursor })
    expect(await textsHeard(back, 3)).toEqual(texts('meanwhile', 3))

    // Both tabs of that browser, over the one connection of it.
    await enter(page, { url: there, room, search })
    await become(page, 'online')
    await publish(page, ['from the tab without the connection'])
    expect((await textsHeard(back, 4)).at(-1)).toBe('from the tab without the connection')
    expect((await hear(page, 16)).slice(12)).toEqual(await hear(back, 4))
    expect((await textsHeard(driver, 16)).at(-1)).toBe('from the tab without the connection')

    await page.run(() => deliveryTasks.clear())
    await publish(page, ['anew'])
    await hear(driver, 17)
    await enter(driver, { url: here, room, search })
    expect(await textsHeard(driver, 1)).toEqual(['anew'])
    for (const each of [driver, page, back]) expect(await each.consoleErrors()).toEqual([])
  } finally {
    await other.close()
    await broker.stop()
  }
})

test('without its broker a page is offline, and keeps what it publishes', async ({ driver, serveHere }) => {
  const broker = await startMosquitto({ host: '127.0.0.1', port: 0 })
  const { origin } = await serveHere({ mounts: await deliveryMounts() })
  const search = `?broker=${broker.url}`
  await enter(driver, { url: origin, room, search })
  await become(driver, 'online')
  await broker.stop()
  await become(driver, 'offline')
  await publish(driver, ['kept'])
  const again = await startMosquitto({ host: '127.0.0.1', port: Number(new URL(broker.url).port) })
  try {
    expect(await textsHeard(driver, 1)).toEqual(['kept'])
    await become(driver, 'online')
    await driver.run(() => deliveryTasks.close())
    await become(driver, 'offline')
  } finally {
    await again.stop()
  }
})
