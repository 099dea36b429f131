/** Some clients do not support targeted messages. Their leaves show that to the others. The group names the revision. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'

test('a member with an older client is in the group, and nobody can whisper to it', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await driver.click('[for="older"]')
  await driver.click('#add')
  await page.inEpoch(2, ['Alice', 'Bob', 'Carol', 'Dave'])
  for (const name of founders) {
    await driver.waitForText(
      `[data-member="${name}"] .why-not`,
      'Dave’s client does not take targeted messages',
    )
    expect(await driver.run(disabledChips, name)).toEqual(['Dave'])
  }
  expect(await driver.run(disabledChips, 'Dave')).toEqual(founders)
  await page.say('Dave', 'I am here all the same')
  await page.say('Alice', 'Not for Dave', ['Bob', 'Carol'])
  for (const name of ['Bob', 'Carol']) await page.sees(name, 'Alice whispers to you')
  await page.sees('Alice', 'I am here all the same')
  expect(await page.text('Dave')).not.toContain('Sealed')
  expect(await driver.consoleErrors()).toEqual([])
})

test('who joins takes the revision from the group, whatever the link says', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.startAnew(1, '02')
  await page.inEpoch(1, founders)
  await expect.poll(() => page.invitation()).toContain('revision=02')
  const link = await page.invitation()
  const other = new Page(await driver.newPage(), page.origin)
  await other.driver.open(link.replace('revision=02', 'revision=00'))
  await other.inEpoch(2, ['Dave'])
  await other.driver.waitForText('#revision-now', '02')
  await page.say('Bob', 'In revision 02', ['Dave'])
  expect(await other.read('Dave')).toBe('In revision 02')
  await page.sees('Bob', '✓ read by Dave')
  expect(await other.driver.consoleErrors()).toEqual([])
})

const disabledChips = (name: string): string[] =>
  [...document.querySelectorAll(`[data-member="${name}"] .chip`)].flatMap((chip) =>
    chip.querySelector('input')?.disabled ? (chip.textContent ?? '') : [],
  )
