/** The demo page for everybody: what axe finds, in both colour schemes, and whether it fits into narrow windows. */

import { fileURLToPath } from 'node:url'
import { expect, test } from '../fixtures.js'
import { demoMounts } from '../package/served.js'
import { founders, Page } from './page.js'

const axeDirectory = fileURLToPath(new URL('../../node_modules/axe-core/', import.meta.url))

test('axe finds nothing, in light and in dark, and nothing is wider than the window', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere, { ...demoMounts(), '/axe/': axeDirectory })
  await page.say('Alice', 'To everybody')
  await page.say('Alice', `To Bob: ${'long'.repeat(20)}`, ['Bob'])
  await page.hold('Carol', 'Later', ['Alice', 'Bob'])
  await page.read('Bob')
  await page.sees('Carol', /Sealed, for Bob.*Sealed, for Alice/s)
  await page.say('Alice', 'To Bob, unread', ['Bob'])
  await page.sees('Bob', 'Read it')
  expect(await driver.run(violationsInPage, { origin: page.origin, within: 'body' })).toEqual([])
  await driver.click('#theme [value="dark"]')
  expect(await driver.run(violationsInPage, { origin: page.origin, within: 'body' })).toEqual([])

  await page.inspect('Bob', '.heard')
  await page.attack('replay')
  await driver.waitForText('.alternatives [role="status"]', /measured with ts-mls/)
  expect(await driver.run(violationsInPage, { origin: page.origin, within: '#details' })).toEqual([])
  await page.closeDetails()
  await driver.click('#theme [value="light"]')
  await page.inspect('Bob', '.heard')
  await driver.waitForText('.alternatives [role="status"]', /measured with ts-mls/)
  expect(await driver.run(violationsInPage, { origin: page.origin, within: '#details' })).toEqual([])

  await page.closeDetails()
  await page.device('Alice', 'Look at the disk')
  await driver.waitForText('.disk-summary', 'A thief')
  expect(await driver.run(violationsInPage, { origin: page.origin, within: '#details' })).toEqual([])
  await page.closeDetails()

  // Asleep, without power and locked; and the device menu open.
  await page.device('Alice', 'Sleep')
  await page.device('Bob', 'Pull the plug')
  await page.rest('Bob', 'The power failed')
  await driver.click('[data-member="Carol"] .device summary')
  await driver.run(choosePerformer)
  for (const theme of ['light', 'dark']) {
    await driver.click(`#theme [value="${theme}"]`)
    expect(await driver.run(violationsInPage, { origin: page.origin, within: 'body' })).toEqual([])
  }
  await driver.fill('[data-member="Carol"] .lock input', 'a passphrase')
  await page.press('Carol', 'Lock')
  await page.rest('Carol', 'Carol is locked')
  expect(await driver.run(violationsInPage, { origin: page.origin, within: 'body' })).toEqual([])
  await page.unlock('Carol', 'a passphrase')
  await page.inEpoch(1, ['Carol'])
  await driver.click('[data-member="Carol"] .whispered button.copy')
  await driver.waitForText('#details h2', 'Whisper to')

  for (const width of [360, 800]) {
    await driver.resize(width, 900)
    expect(await driver.run(overflowInPage), `at ${width} px`).toEqual({ page: 0, details: 0 })
  }
  expect(await driver.consoleErrors()).toEqual([])
})

/** Shows what an outsider sees, and the forgery. */
function choosePerformer(): void {
  document.querySelector<HTMLElement>('#look-as [value="network"]')?.click()
  document.querySelector<HTMLElement>('#perform')?.click()
}

/** How much there is to scroll sideways, in pixels. */
function overflowInPage(): { page: number; details: number } {
  const of = (element: Element | null): number =>
    element ? Math.max(0, element.scrollWidth - element.clientWidth) : Number.NaN
  return { page: of(document.documentElement), details: of(document.querySelector('#details')) }
}

interface Rule {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

declare global {
  var axe:
    | {
        run(
          within: string,
        ): Promise<{ readonly violations: readonly Rule[]; readonly passes: readonly Rule[] }>
      }
    | undefined
}

async function violationsInPage({ origin, within }: { origin: string; within: string }): Promise<string[]> {
  await import(`${origin}/axe/axe.min.js`)
  if (globalThis.axe === undefined) throw new Error('axe did not load')
  const { violations, passes } = await globalThis.axe.run(within)
  if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe did not look at the colours')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  )
}

interface Shift extends PerformanceEntry {
  readonly value: number
  readonly hadRecentInput: boolean
}

test('nothing jumps while messages come and go', { tag: '@long' }, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  const before = await driver.run(boxes)
  expect(before.length).toBeGreaterThan(10)
  for (const text of ['one', 'two', 'three']) await page.say('Alice', text)
  await page.say('Bob', 'four', ['Alice'])
  await page.sees('Alice', 'Bob whispers to you')
  await page.press('Carol', 'Renew keys')
  await page.inEpoch(2, founders)
  await page.choose('Bob', [])
  expect(await driver.run(boxes)).toEqual(before)
  // Only Chromium measures it, from the first paint on.
  const shifts = await driver.run(layoutShifts)
  expect(shifts ?? []).toEqual([])
  expect(shifts === undefined).toBe(driver.engine !== 'chromium')
})

/** Where everything is that a visitor may be about to click, in the page. */
function boxes(): string[] {
  const steady =
    '.group, .group button, #members, .member, .member header, .composer, .chips, .write, .controls > *'
  const shown = [...document.querySelectorAll(steady)].filter((element) => element.checkVisibility())
  return shown.map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return `${element.tagName} ${element.className}: ${[left, top + scrollY, width, height].map(Math.round)}`
  })
}

/** Of more than a hundredth of the window, without input by the visitor. */
async function layoutShifts(): Promise<number[] | undefined> {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return undefined
  const entries = await new Promise<PerformanceEntryList>((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({
      type: 'layout-shift',
      buffered: true,
    })
    setTimeout(() => resolve([]), 500)
  })
  return entries.flatMap((entry) => {
    const { value, hadRecentInput } = entry as Shift
    return value > 0.01 && !hadRecentInput ? [value] : []
  })
}
