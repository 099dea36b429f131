/** A newcomer is let in, also where the one who let it in is gone before its Welcome is sent. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'

test('a newcomer whose committer never returns asks once more, and another member lets it in', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  const dave = await page.openNewTab()
  await dave.inEpoch(2, ['Dave'])
  await page.inEpoch(2, founders)

  // Alice commits, and does not get to send the Welcome.
  await driver.run(loseWelcomes)
  const erin = await page.openNewTab()
  await dave.inEpoch(3, ['Dave'])
  await driver.waitForText('[data-member="Alice"] .failure', 'Alice has stopped')
  await driver.close()

  await erin.inEpoch(4, ['Erin'])
  await erin.sees('Erin', 'No Welcome came. Erin asks once more')
  await dave.sees('Dave', 'Erin joined; Dave committed')
  await dave.say('Dave', 'Welcome, Erin', ['Erin'])
  expect(await erin.read('Erin')).toBe('Welcome, Erin')

  // If the committer returns all the same, its Welcome leads nowhere, and stops nobody.
  const back = new Page(await erin.driver.newPage(), page.origin)
  await back.driver.open(`${page.origin}/`)
  await back.inEpoch(4, founders)
  await erin.say('Erin', 'Hello, Alice', ['Alice'])
  expect(await back.read('Alice')).toBe('Hello, Alice')
  await erin.sees('Erin', '✓ read by Alice')
  for (const name of founders) expect(await back.text(name)).not.toContain('Refused')
  expect(await erin.text('Erin')).not.toContain('Refused')
  for (const { driver: each } of [dave, erin, back]) expect(await each.consoleErrors()).toEqual([])
})

/** What this tab publishes is not kept, if it is a Welcome. */
function loseWelcomes(): void {
  const add = IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = function (value, ...rest) {
    const bytes: unknown = value?.bytes
    // An MLSMessage begins with its version, 1, and its wire format, of which 3 is a Welcome (RFC 9420 section 6).
    if (bytes instanceof Uint8Array && String(bytes.subarray(0, 4)) === '0,1,0,3') throw new Error('lost')
    return add.call(this, value, ...rest)
  }
}
