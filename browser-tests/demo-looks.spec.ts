/** The demo page for everybody: what axe finds, in both colour schemes, and whether it fits into narrow windows. */

import { fileURLToPath } from 'node:url'
import { Page } from './demo/page.js'
import { expect, test } from './fixtures.js'
import { demoMounts } from './package/served.js'

const axeDirectory = fileURLToPath(new URL('../node_modules/axe-core/', import.meta.url))

test('axe finds nothing, in light and in dark', async ({ driver, serveHere }) => {
  const page = await Page.open(driver, serveHere, { ...demoMounts(), '/axe/': axeDirectory })
  await page.inEpoch(1, ['Alice', 'Bob', 'Carol'])
  await page.say('Alice', 'To everybody')
  await page.say('Alice', 'To Bob', ['Bob'])
  await page.hold('Carol', 'Later', ['Alice', 'Bob'])
  await page.read('Bob')
  await page.say('Alice', 'To Bob, unread', ['Bob'])
  await page.sees('Carol', /Sealed, for Bob.*Sealed, for Alice.*Sealed, for Bob/s)
  const violations: Record<string, unknown> = {}
  for (const theme of ['light', 'dark']) {
    await driver.click(`#theme [value="${theme}"]`)
    violations[`page, ${theme}`] = await driver.run(violationsInPage, page.origin)
    await page.inspect('Bob', '.heard')
    await page.attack('replay')
    violations[`details, ${theme}`] = await driver.run(violationsInPage, page.origin)
    await page.closeDetails()
  }
  expect(violations).toEqual({
    'page, light': [],
    'details, light': [],
    'page, dark': [],
    'details, dark': [],
  })
  expect(await driver.consoleErrors()).toEqual([])
})

test('nothing is wider than the window', async ({ driver, serveHere }) => {
  const page = await Page.open(driver, serveHere)
  await page.inEpoch(1, ['Alice', 'Bob', 'Carol'])
  await page.say('Alice', `A${'a'.repeat(200)}`, ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  for (const width of [360, 800, 1400]) {
    await driver.resize(width, 900)
    expect(await driver.run(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.inspect('Bob', '.heard')
    const overflow = await driver.run(() => {
      const dialog = document.querySelector('dialog')
      return dialog ? dialog.scrollWidth - dialog.clientWidth : Number.NaN
    })
    expect(overflow, `details at ${width} px`).toBe(0)
    await page.closeDetails()
  }
})

interface Rule {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

declare global {
  var axe:
    | { run(): Promise<{ readonly violations: readonly Rule[]; readonly passes: readonly Rule[] }> }
    | undefined
}

async function violationsInPage(origin: string): Promise<string[]> {
  await import(`${origin}/axe/axe.min.js`)
  if (globalThis.axe === undefined) throw new Error('axe did not load')
  const { violations, passes } = await globalThis.axe.run()
  if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe did not look at the colours')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  )
}
