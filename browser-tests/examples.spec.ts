/** The examples that need a browser, and the page of README.md that has no bundler. */

import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { integritiesIn, integrityOf, pagesWithIntegrity } from '../scripts/integrity.js'
import { expect, type PageDriver, test } from './fixtures.js'
import { repository } from './package/consumer.js'
import { exampleMounts, selfContained } from './package/served.js'

const whispered = 'leaf 0 whispers: only you can read this'

test.beforeAll(() => {
  const integrity = integrityOf(selfContained())
  for (const page of pagesWithIntegrity) {
    const named = integritiesIn(join(repository, page))
    expect(named, `${page} names another file: npm run build writes it anew`).toEqual([integrity])
  }
})

for (const { name, path } of [
  { name: 'a page without a bundler', path: '/page/' },
  { name: 'Vite with ts-mls', path: '/vite/dist/' },
  { name: 'a service worker', path: '/service-worker/' },
]) {
  test(`example: ${name}`, async ({ driver, serveHere, report }) => {
    const { origin } = await serveHere({ mounts: exampleMounts() })
    expect(await outputOf(driver, origin + path)).toBe(whispered)
    expect(await driver.consoleErrors()).toEqual([])
    report('Where it runs', `example: ${name}`, 'yes')
  })
}

/** The error of the engine, or that of hpke-js, which wraps it. */
const keyFailed = /OperationError|operation-specific reason/

/** ts-mls does not try again when WebKit on Linux fails to generate a key, which it does now and then. */
async function outputOf(driver: PageDriver, url: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    await driver.open(url)
    const text = await driver.waitForText('output', /[^…]/, { timeout: 30_000 })
    if (attempt === 5 || !keyFailed.test(text)) return text
  }
}

const readme = readFileSync(join(repository, 'README.md'), 'utf8')
const sample = /^```html\n(.*?)^```/ms.exec(readme)?.[1] ?? ''

test('the import map of README.md: the file with this integrity, and no other', async ({
  driver,
  serveHere,
  report,
}, info) => {
  const directory = info.outputPath('page')
  const file = join(directory, 'mls-targeted-messages.min.js')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'index.html'), `<!doctype html><body>\n${sample}`)
  const { origin } = await serveHere({ mounts: { '/': directory } })

  copyFileSync(selfContained(), file)
  await driver.open(origin)
  await driver.waitForText('body', 'suites 1, 2')
  expect(await driver.consoleErrors()).toEqual([])

  appendFileSync(file, ' ')
  await driver.open(origin)
  await expect.poll(() => driver.consoleErrors()).not.toEqual([])
  expect(await driver.text('body')).not.toContain('suites')
  report('Where it runs', 'self-contained file, with integrity by import map', 'yes; refused if changed')
})
