/** The first page that a visitor sees. */

import { expect, test } from './fixtures.js'
import { demoMounts } from './package/served.js'

const byId = (id: string): string => `[data-testid="${id}"]`
const secret = 'Only for Bob – ✓'

for (const suite of [1, 2]) {
  test(`the demo page seals and opens in suite ${suite}`, async ({ driver, serveHere, report }, testInfo) => {
    const { origin } = await serveHere({ mounts: demoMounts() })
    await driver.resize(1280, 1000)
    await driver.open(`${origin}/`)
    const status = (expected: RegExp) => driver.waitForText(byId('status'), expected, { timeout: 30_000 })
    await status(/^A new group/)
    await driver.run(choose, { selector: byId('suite'), value: String(suite) })
    await status(/^A new group/)

    await driver.fill(byId('text'), secret)
    await driver.click(byId('seal'))
    await status(/sealed in \d+ ms, opened in \d+ ms/)
    expect(await driver.text(byId('opened'))).toContain(secret)
    expect(await driver.text(byId('wire'))).not.toContain(secret)
    expect(await driver.text(byId('refused'))).not.toContain(secret)

    await driver.click(byId('tamper'))
    await status(/^(\d+) tampered copies: \1 of \1 attempts refused/)
    expect(await driver.text(byId('refused'))).not.toContain(secret)
    expect(await driver.consoleErrors()).toEqual([])
    await driver.screenshot(testInfo.outputPath(`demo-${driver.engine}-suite-${suite}.png`))
    report('Where it runs', `demo page, suite ${suite}`, 'yes')
  })
}

/** As a user does with the keyboard: the page hears of it. Resolves when the page has begun to act on it. */
function choose({ selector, value }: { selector: string; value: string }): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>(selector)
  if (select === null) throw new Error(`no ${selector}`)
  const status = document.querySelector('[data-testid="status"]')
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect()
      resolve()
    }).observe(status ?? document, { subtree: true, childList: true, characterData: true })
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
}
