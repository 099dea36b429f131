/** The messenger that a visitor sees first, driven as a person does. */

import { Page } from './demo/page.js'
import { expect, test } from './fixtures.js'

test('a group message, a whisper, a receipt', async ({ driver, serveHere, report }, testInfo) => {
  const page = await Page.open(driver, serveHere)
  await page.inEpoch(1, ['Alice', 'Bob', 'Carol'])

  await page.say('Alice', 'Good morning, all')
  for (const name of ['Alice', 'Bob', 'Carol']) await page.sees(name, 'Good morning, all')

  await page.say('Alice', 'Only for Bob – ✓', ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  await page.sees('Carol', /Sealed, for Bob · \d+ bytes/)
  await page.read('Bob')
  await page.sees('Bob', 'Only for Bob – ✓')
  await page.sees('Alice', '✓ read by Bob')
  expect(await page.text('Carol')).not.toContain('Only for Bob')
  await page.sees('Carol', /Sealed, for Alice/)

  expect(await driver.consoleErrors()).toEqual([])
  await driver.screenshot(testInfo.outputPath(`demo-${driver.engine}.png`))
  report('Where it runs', 'demo page, suite 1', 'yes')
})

test('members join, renew keys and leave', async ({ driver, serveHere }) => {
  const page = await Page.open(driver, serveHere)
  await page.inEpoch(1, ['Alice', 'Bob', 'Carol'])
  await driver.click('#add')
  await page.inEpoch(2, ['Alice', 'Bob', 'Carol', 'Dave'])
  await page.sees('Bob', 'Dave joined')
  await page.press('Bob', 'Renew keys')
  await page.inEpoch(3, ['Alice', 'Bob', 'Carol', 'Dave'])
  await page.press('Alice', 'Leave')
  await page.inEpoch(4, ['Bob', 'Carol', 'Dave'])
  await page.sees('Dave', 'Alice left')
  await page.say('Dave', 'She is gone', ['Bob', 'Carol'])
  await page.sees('Dave', /Bob: sent/)
  await page.read('Carol')
  await page.sees('Dave', '✓ read by Carol')
  await page.press('Alice', 'Join again')
  await page.inEpoch(5, ['Alice', 'Bob', 'Carol', 'Dave'])
  expect(await page.text('Alice')).not.toContain('She is gone')
  expect(await driver.consoleErrors()).toEqual([])
})
