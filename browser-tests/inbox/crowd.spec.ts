/** A group of 50,000 members. */

import { expect, test } from './fixtures.js'
import { makeRoom } from './room.js'

const sizes = [10, 50_000] as const

test('50,000 members', { tag: '@long' }, async ({ driver, pageUrl, report }) => {
  await driver.open(pageUrl)
  const rooms = [await makeRoom(2), await makeRoom(2)] as const
  const at = { database: 'crowd', pastEpochs: 0 }
  const cost = await driver.run((given) => inboxTasks.crowd(given), { at, rooms, sizes, rounds: 20 })
  expect(cost.refused).toEqual([])
  expect(cost.recordBytes).toBeLessThan(8_000_000)
  const [small = 0, large = 0] = cost.receiveMs
  const milliseconds = [cost.createMs, cost.enterMs, ...cost.firstMs, small, large].map((ms) => ms.toFixed(1))
  console.log(
    `${driver.engine}: record ${cost.recordBytes} bytes; create, enter, first receive of 10 and of 50,000 members, median of the others: ${milliseconds.join(', ')} ms`,
  )
  // How long anything takes is reported and not asserted: it is the machine's business too.
  report(
    'Platform',
    'receive among 50,000 members instead of 10',
    `${(large / small).toFixed(2)} times as long`,
  )
})
