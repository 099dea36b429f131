/** What a thief of the disk finds in the profile once the browser is closed. */

import { unhex } from '../testing/hex.js'
import { launch } from './driver/launch.js'
import { engineNamed } from './engines/table.js'
import { expect, test } from './inbox/fixtures.js'
import { makeRoom, sealInNode } from './inbox/room.js'
import { type Scan, scanProfile } from './inbox/scan.js'
import { publicPartOf, secretsOf } from './inbox/secrets.js'

const suites = [1, 2]

/** What a record has. */
const kinds = ['PSK', 'sender auth data secret', 'encryption private key', 'signature private key']

interface Left {
  readonly scan: Scan
  /** What was found of the secrets, without the public parts. */
  readonly secrets: readonly string[]
}

test('with a storageKey no secret is on the disk', async ({ pageUrl, profile, report }, { project }) => {
  const storageKey = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')
  const { scan, secrets } = await leaveOnDisk({ engine: project.name, pageUrl, profile, storageKey })
  expect(secrets, JSON.stringify([...scan.found])).toEqual([])
  report('Platform', 'secrets on the disk, with a storageKey', 'none')
})

test('without one the exporter secret is not on the disk', async ({ pageUrl, profile, report }, {
  project,
}) => {
  const { scan, secrets } = await leaveOnDisk({ engine: project.name, pageUrl, profile })
  expect(secrets.filter((name) => name.includes('exporter secret'))).toEqual([])
  const megabytes = (scan.bytes / 1e6).toFixed(0)
  console.log(
    `${project.name}: ${scan.files} files, ${megabytes} MB; in the clear: ${secrets.join(', ') || 'nothing'}`,
  )
  for (const [which, expected] of [
    ['kept', kinds],
    ['deleted', kinds.filter((kind) => !kind.includes('private'))],
  ] as const) {
    const value = suites.map((suite) => {
      const there = expected.filter((kind) => secrets.includes(`suite ${suite}: ${kind} of a ${which} epoch`))
      // In WebKit, suite 1 is encrypted under a key of the record: a thief has to find that key first, and no more.
      const words = there.length === expected.length ? 'all' : there.join(' and ') || 'none'
      return `suite ${suite} ${words}`
    })
    report('Platform', `secrets of ${which} epochs in the clear on the disk`, value.join(', '))
  }
})

/** A browser that enters three epochs, of which one is deleted again, receives, and is closed. */
async function leaveOnDisk(given: {
  engine: string
  pageUrl: string
  profile: string
  storageKey?: string
}): Promise<Left> {
  const { pageUrl, profile, storageKey } = given
  const wanted = new Map<string, Uint8Array>()
  if (storageKey !== undefined) wanted.set('storageKey', unhex(storageKey))
  const publicParts: string[] = []
  const browser = await launch(engineNamed(given.engine).name, { profile })
  try {
    const page = await browser.newPage()
    await page.open(pageUrl)
    for (const suite of suites) {
      const room = await makeRoom(suite)
      const at = {
        database: `scanned ${suite}`,
        pastEpochs: 1,
        ...(storageKey === undefined ? {} : { storageKey }),
      }
      // The private keys are the same in all epochs here, and so those of a kept one.
      for (const [which, epoch] of Object.entries({ deleted: 1, kept: 2 })) {
        for (const [name, secret] of await secretsOf(room, epoch)) {
          if (which === 'kept' || !name.includes('private'))
            wanted.set(`suite ${suite}: ${name} of a ${which} epoch`, secret)
        }
      }
      wanted.set(`suite ${suite}: public`, await publicPartOf(room))
      publicParts.push(`suite ${suite}: public`)
      const epochs = [1, 2, 3]
      const entered = await page.run((all) => inboxTasks.enterAll(all), { at, member: room.bob, epochs })
      expect(entered).toEqual(epochs.map(() => 'entered'))
      const messages = [await sealInNode(room, 2, 'two'), await sealInNode(room, 3, 'three')]
      const received = await page.run((all) => inboxTasks.receiveAll(all), { at, messages })
      expect(received).toEqual(['released two', 'released three'])
    }
  } finally {
    await browser.close()
  }
  const scan = scanProfile(profile, wanted)
  // The scan finds what is there.
  for (const name of publicParts) expect([...scan.found.keys()]).toContain(name)
  const secrets = [...scan.found.keys()].filter((name) => !publicParts.includes(name))
  return { scan, secrets }
}
