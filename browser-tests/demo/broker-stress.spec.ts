/** Members of two browsers go on while strangers publish nonsense and their broker is killed and started anew. */

import { connectAsync } from 'mqtt'
import { type Broker, startMosquitto } from '../../scripts/broker/mosquitto.js'
import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, test } from '../fixtures.js'
import { demoMounts } from '../package/served.js'
import { founders, Page } from './page.js'
import { storedLines } from './torture.js'

const everybody = [...founders, 'Dave']
const rounds = 3
const patience = { timeout: 90_000 }

test(
  'nonsense, and brokers that are killed, stop nobody and lose nothing',
  { tag: '@long' },
  async ({ driver, serveHere }, { project }) => {
    test.setTimeout(300_000)
    const mounts = demoMounts()
    const [{ origin: near }, { origin: far }] = [await serveHere({ mounts }), await serveHere({ mounts })]
    let broker = await startMosquitto({ host: '127.0.0.1', port: 0 })
    const other = await launch(engineNamed(project.name).name)
    try {
      await driver.resize(1400, 1000)
      await driver.open(`${near}/?broker=${broker.url}`)
      const host = new Page(driver, near)
      await host.inEpoch(1, founders)
      const guest = new Page(await other.newPage(), far)
      const invitation = await host.invitation()
      await guest.driver.open(invitation.replace(near, far))
      await guest.inEpoch(2, ['Dave'])
      await host.inEpoch(2, founders)

      for (let round = 1; round <= rounds; round++) {
        await publishNonsense(broker, new URL(invitation).searchParams.get('room') ?? '')
        await Promise.all([host.say('Alice', `${round} near`), guest.say('Dave', `${round} far`)])
        // Whatever the broker has taken and not passed on is lost with it.
        await broker.stop()
        await Promise.all([
          // One after the other: a page has one mouse, and two clicks at once take it from each other.
          host
            .say('Bob', `${round} without a broker, near`, ['Dave'])
            .then(() => host.press('Carol', 'Renew keys')),
          guest.say('Dave', `${round} without a broker, far`, ['Bob', 'Carol']),
        ])
        broker = await startMosquitto({ host: '127.0.0.1', port: Number(new URL(broker.url).port) })
        // Firefox waits longer from one attempt to the next.
        for (const page of [host, guest]) await page.driver.waitForText('#delivery', 'online', patience)
        await host.inEpoch(2 + round, founders)
        await guest.inEpoch(2 + round, ['Dave'])
      }
      await guest.say('Dave', 'At last')
      for (const name of founders) await host.sees(name, 'At last')
      await host.say('Carol', 'At last, too')
      await guest.sees('Dave', 'At last, too')

      const lines = [...(await driver.run(storedLines)), ...(await guest.driver.run(storedLines))]
      const times = (member: string, text: string): number =>
        lines.filter((line) => line.member === member && line.text === text && /heard|said/.test(line.kind))
          .length
      for (let round = 1; round <= rounds; round++) {
        for (const name of everybody) {
          for (const text of [`${round} near`, `${round} far`])
            expect(times(name, text), `${name}, ${text}`).toBe(1)
        }
        expect(times('Dave', `${round} without a broker, near`)).toBe(1)
        for (const name of ['Bob', 'Carol']) expect(times(name, `${round} without a broker, far`)).toBe(1)
      }
      // The nonsense was refused, and nothing else.
      const refused = lines.filter(({ kind }) => kind === 'refused').map(({ text }) => text.split(':')[0])
      expect(new Set(refused)).toEqual(new Set(['malformed']))
      for (const page of [driver, guest.driver]) {
        // Each attempt to reach the broker while it was away.
        const errors = (await page.consoleErrors()).filter((line) => !/WebSocket|ws:\/\//.test(line))
        expect(errors).toEqual([])
      }
    } finally {
      await other.close()
      await broker.stop()
    }
  },
)

/** From somebody who knows the address, and the room. */
async function publishNonsense({ url }: Broker, room: string): Promise<void> {
  const stranger = await connectAsync(url)
  const base = `mls-targeted-messages/${encodeURIComponent(room)}`
  const id = Buffer.from('00000000-0000-4000-8000-000000000000')
  const frames = [
    Buffer.alloc(0),
    Buffer.from([0]),
    Buffer.from([7, ...id, 1, 2, 3]),
    Buffer.alloc(100, 0xff),
    // A parcel that is no message, and the same again.
    Buffer.from([0, ...id, 1, 2, 3]),
    Buffer.from([0, ...id, 1, 2, 3]),
    // A request from a client that does not exist.
    Buffer.from([1, ...id]),
  ]
  for (const frame of frames) await stranger.publishAsync(`${base}/log`, frame, { qos: 1 })
  for (const topic of ['history/nobody', 'begun', 'else']) {
    await stranger.publishAsync(`${base}/${topic}`, Buffer.alloc(50, 0xfe), { qos: 1 })
  }
  await stranger.endAsync()
}
