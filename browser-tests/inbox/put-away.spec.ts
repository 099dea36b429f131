/** WebKit keeps a page that the user leaves in its back-forward cache, also in the middle of a transaction. */

import { expect, test } from './fixtures.js'
import { makeRoom } from './room.js'

const at = { database: 'bob', pastEpochs: 1 }

test('a page that was left in the midst of changes blocks no other', async ({ driver, pageUrl, report }) => {
  await driver.open(pageUrl)
  const { alice, bob } = await makeRoom(1)
  const texts = ['before', 'after']
  const [before = '', after = ''] = await driver.run((given) => inboxTasks.seal(given), {
    member: alice,
    epoch: 1,
    texts,
  })
  expect(await driver.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 1 })).toBe('entered')
  const first = { at, message: before }
  expect(await driver.run((given) => inboxTasks.receive(given), first)).toBe('released before')
  await driver.run((given) => inboxTasks.leaveForEver(given), { at, groupId: '00' })

  await driver.open(`${pageUrl}?another`)
  const messages = [before, after]
  expect(await driver.run((given) => inboxTasks.receiveAll(given), { at, messages })).toEqual([
    'replay',
    'released after',
  ])
  expect(await driver.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 2 })).toBe('entered')
  report('Platform', 'a page that was left in the midst of a transaction', 'blocks no other')
})
