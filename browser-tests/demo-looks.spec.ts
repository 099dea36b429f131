/** The demo page for everybody: what axe finds, in both colour schemes, and whether it fits into narrow windows. */

import { fileURLToPath } from 'node:url'
import { Page } from './demo/page.js'
import { expect, test } from './fixtures.js'
import { demoMounts } from './package/served.js'

const axeDirectory = fileURLToPath(new URL('../node_modules/axe-core/', import.meta.url))

test('axe finds nothing, in light and in dark, and nothing is wider than the window', async ({
  driver,
  serveHere,
}) => {
  const page = await Page.open(driver, serveHere, { ...demoMounts(), '/axe/': axeDirectory })
  await page.inEpoch(1, ['Alice', 'Bob', 'Carol'])
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

  for (const width of [360, 800]) {
    await driver.resize(width, 900)
    expect(await driver.run(overflowInPage), `at ${width} px`).toEqual({ page: 0, details: 0 })
  }
  expect(await driver.consoleErrors()).toEqual([])
})

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
