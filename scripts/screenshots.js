// npm run screenshots: the demo's main states in Chromium, in three widths and both colour schemes, for people to look at.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { createServer } from 'vite'
import { onPath } from './programs.js'

const out = process.argv[2] ?? 'test-results/screenshots'
mkdirSync(out, { recursive: true })
const server = await createServer({ logLevel: 'warn' })
await server.listen()
const [url] = server.resolvedUrls?.local ?? []
if (!url) throw new Error('the page is not served')
const installed = onPath('chromium')
const chromiumSandbox = process.getuid?.() !== 0
const browser = await chromium.launch({
  chromiumSandbox,
  ...(installed ? { executablePath: installed } : {}),
})

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 800, 1400]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const shoot = async (/** @type {string} */ state) => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (overflow > 0) console.error(`${state}, ${width} px: ${overflow} px too wide`)
      await page.screenshot({ path: `${out}/${state}-${width}-${colorScheme}.png`, fullPage: true })
    }
    /** The upper part, for the README. */
    const cut = (/** @type {string} */ state, /** @type {number} */ height) =>
      width === 1400 && colorScheme === 'light'
        ? page.screenshot({
            path: `${out}/${state}.png`,
            fullPage: true,
            clip: { x: 0, y: 0, width, height },
          })
        : undefined
    const column = (/** @type {string} */ name) => page.locator(`[data-member="${name}"]`)
    const say = async (
      /** @type {string} */ name,
      /** @type {string} */ text,
      /** @type {string[]} */ to = [],
    ) => {
      for (const other of to) await column(name).getByLabel(other, { exact: true }).check()
      if (to.length === 0) await column(name).getByLabel('Everybody').check()
      await column(name).locator('[name="text"]').fill(text)
      await column(name).getByRole('button', { name: 'Send' }).click()
    }
    await page.goto(url)
    await page.getByText('Try it:').waitFor()
    await column('Carol').getByText('epoch 1', { exact: true }).first().waitFor()
    await shoot('fresh')
    await say('Alice', 'Lunch at one, on the terrace?')
    await column('Bob').getByText('Lunch').waitFor()
    await say('Bob', 'It is Carol’s birthday. Shall we bring a cake?', ['Alice'])
    await column('Alice').getByRole('button', { name: 'Read it' }).click()
    await column('Bob').getByText('✓ read by Alice').waitFor()
    await column('Carol').getByLabel('Alice', { exact: true }).check()
    await column('Carol').getByLabel('Hold it back').check()
    await say('Carol', 'This one is late.', ['Alice', 'Bob'])
    await column('Carol').getByText('Bob: held back').waitFor()
    await column('Bob').getByRole('button', { name: 'Renew keys' }).click()
    await column('Carol').getByText('epoch 2', { exact: true }).first().waitFor()
    await say('Alice', 'Not a word to Carol.', ['Bob'])
    await page.locator('#look-as [value="Carol"]').check()
    await page.locator('#sights').getByText('Signature').first().waitFor()
    await page.locator('#perform').click()
    await page.locator('#forgery [data-revision="02"]').waitFor()
    await shoot('talk')
    await cut('messenger', 1300)
    await column('Alice').locator('.heard .bytes').click()
    for (const attack of ['replay', 'forge-member', 'wrong-member']) {
      await page.locator(`[data-attack="${attack}"] button`).click()
      await page.locator(`[data-attack="${attack}"] .code`).waitFor()
    }
    await page.locator('#details').evaluate((dialog) => dialog.scrollTo(0, 0))
    await page.screenshot({ path: `${out}/details-${width}-${colorScheme}.png` })
    await page.setViewportSize({ width, height: 3200 })
    await page.locator('#details .sheet').screenshot({ path: `${out}/sheet-${width}-${colorScheme}.png` })
    await page.locator('#details .close').click()
    await page.setViewportSize({ width, height: 900 })
    const choose = async (/** @type {string} */ name, /** @type {string} */ label) => {
      await column(name).locator('.device summary').click()
      await column(name)
        .getByRole('button', { name: `${name}: ${label}` })
        .click()
    }
    await choose('Bob', 'Look at the disk')
    await page.locator('.disk-summary').waitFor()
    await page.screenshot({ path: `${out}/disk-${width}-${colorScheme}.png` })
    await page.locator('#details .close').click()
    await choose('Alice', 'Sleep')
    await choose('Bob', 'Pull the plug')
    await column('Bob').getByText('The power failed').waitFor()
    await column('Carol').locator('.device summary').click()
    await shoot('devices')
    await cut('devices', 940)
    await column('Bob').getByRole('button', { name: 'Plug Bob in again' }).click()
    await column('Alice').getByRole('button', { name: 'Send 500' }).click()
    await page.getByText('sealed, stored and sent').waitFor({ timeout: 60_000 })
    await column('Alice').getByRole('button', { name: 'Wake Alice' }).click()
    await column('Alice').getByText('messages came in, each').waitFor({ timeout: 60_000 })
    await column('Alice').locator('.device summary').click()
    await column('Alice').locator('.lock input').fill('correct horse')
    await column('Alice').getByRole('button', { name: 'Alice: Lock' }).click()
    await column('Alice').getByText('is locked').waitFor()
    await shoot('locked')
    const second = await context.newPage()
    await second.goto(url)
    await second.getByText('is open in another tab').waitFor()
    await second.screenshot({ path: `${out}/second-tab-${width}-${colorScheme}.png` })
    await context.close()
  }
}
await browser.close()
await server.close()
