/** What an inbox keeps when the browser is closed and started again on the same profile. */

import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, expectNothingTooLong, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'

const storageKey = '5b'.repeat(32)

const cases = [1, 2].flatMap((cipherSuite) => [
  { name: `suite ${cipherSuite}`, cipherSuite, at: { database: `bob ${cipherSuite}`, pastEpochs: 2 } },
  {
    name: `suite ${cipherSuite} with a storageKey`,
    cipherSuite,
    at: { database: `bob ${cipherSuite} locked`, pastEpochs: 2, storageKey },
  },
])

test('a restart between sealing and receiving', async ({ pageUrl, profile, report }, { project }) => {
  const { name: engine } = engineNamed(project.name)
  // Sealed before anything is received, in Node.
  const sealed = await Promise.all(
    cases.map(async ({ cipherSuite, at, name }) => {
      const room = await makeRoom(cipherSuite)
      const [expired, ...others] = await Promise.all(
        [5, 6, 6, 8, 8, 9].map((epoch, i) => sealInNode(room, epoch, `${i} in epoch ${epoch}`)),
      )
      return { name, at, room, expired: expired ?? '', others }
    }),
  )

  const first = await launch(engine, { profile })
  try {
    const page = await first.newPage()
    await page.open(pageUrl)
    for (const { name, at, room, others } of sealed) {
      const entering = { at, member: room.bob, epochs: [5, 6, 7, 8] }
      const entered = await page.run((given) => inboxTasks.enterAll(given), entering)
      expect(entered, name).toEqual(Array(4).fill('entered'))
      const messages = [others[0] ?? '', others[2] ?? '']
      const received = await page.run((given) => inboxTasks.receiveAll(given), { at, messages })
      expect(received, name).toEqual(['released 1 in epoch 6', 'released 3 in epoch 8'])
    }
  } finally {
    await first.close()
  }

  const second = await launch(engine, { profile })
  try {
    const page = await second.newPage()
    await page.open(pageUrl)
    for (const { name, at, expired, others } of sealed) {
      const receiving = { at, messages: [expired, ...others, ...others.slice(0, 4)] }
      const received = await page.run((given) => inboxTasks.receiveAll(given), receiving)
      expect(received, name).toEqual([
        'epoch-expired',
        'replay',
        'released 2 in epoch 6',
        'replay',
        'released 4 in epoch 8',
        'epoch-ahead',
        ...Array(4).fill('replay'),
      ])
    }
    expect(await page.consoleErrors()).toEqual([])
    await expectNothingTooLong(page)
  } finally {
    await second.close()
  }
  report('Platform', 'an inbox outlives the browser', 'suites 1 and 2')
})

test('an inbox with the wrong storageKey, or without', async ({ driver, pageUrl }) => {
  await driver.open(pageUrl)
  const room = await makeRoom(1)
  const at = { database: 'locked', storageKey }
  const [message = ''] = await driver.run((given) => inboxTasks.seal(given), {
    member: room.alice,
    epoch: 1,
    texts: ['once'],
  })
  expect(await driver.run((given) => inboxTasks.enter(given), { at, member: room.bob, epoch: 1 })).toBe(
    'entered',
  )
  for (const other of [{ database: 'locked' }, { database: 'locked', storageKey: '5c'.repeat(32) }]) {
    await driver.run((given) => inboxTasks.close(given), at)
    expect(await driver.run((given) => inboxTasks.receive(given), { at: other, message })).toBe('storage')
  }
  await driver.run((given) => inboxTasks.close(given), at)
  expect(await driver.run((given) => inboxTasks.receive(given), { at, message })).toBe('released once')
})
