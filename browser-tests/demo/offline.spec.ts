/** The built demo: from any path, with what it carries alone, and without a network after the first load. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '../fixtures.js'
import { demoMounts } from '../package/served.js'
import { serve } from '../server.js'
import { founders, Page } from './page.js'

const path = '/some/where/'

test('the messenger opens and whispers with no server', async ({ driver, report }) => {
  const { '/': directory } = demoMounts()
  if (typeof directory !== 'string') throw new Error('the demo is not where it was')
  const { origin, close } = await serve({ mounts: { [path]: directory } })
  const page = new Page(driver, origin)
  await driver.resize(1400, 1000)
  try {
    await driver.open(origin + path)
    await page.inEpoch(1, founders)
    await page.say('Alice', 'Only for Bob', ['Bob'])
    await page.read('Bob')
    const loaded = await driver.run(loadedFiles)
    const own = loaded.filter((url) => url.startsWith(origin + path))
    expect(loaded.filter((url) => url !== `${origin}/__console.js`)).toEqual(own)
    const files = ['index.html', ...own.map((url) => url.slice((origin + path).length))]
    const bytes = files.map((file) => gzipSync(readFileSync(join(directory, file))).length)
    const total = bytes.reduce((sum, length) => sum + length, 0)
    expect(total).toBeLessThan(150_000)
    // The scripts: otherwise the sum could be of no files.
    expect(own.length).toBeGreaterThan(3)
    report('Where it runs', 'demo page, first load, gzipped', `${Math.round(total / 1000)} kB`)

    await driver.run(workerReady)
    expect(await driver.consoleErrors()).toEqual([])
  } finally {
    await close()
  }

  await driver.open(`${origin}${path}?as=a-link-may-have-it`)
  await page.inEpoch(1, founders)
  await page.sees('Bob', 'Only for Bob')
  await page.say('Carol', 'With no network', ['Alice'])
  await page.sees('Alice', 'Carol whispers to you')
  await driver.run(leaveWorker)
  report('Where it runs', 'demo page, reloaded without a network', 'yes')
})

const loadedFiles = (): string[] => performance.getEntriesByType('resource').map(({ name }) => name)

/**
 * A worker is active once it has kept everything, and what the page asks for before it is activated waits. Its `state` is
 * not asked for: in WebKit it now and then stays `installing`.
 */
async function workerReady(): Promise<void> {
  await navigator.serviceWorker.ready
}

/** Engines are shared by tests. */
async function leaveWorker(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
}
