// npm run bench:browsers: the same candidates in a page of each engine, and how long receiving blocks its main thread.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PageDriver } from '../browser-tests/driver/page-driver.js'
import { expect, test } from '../browser-tests/fixtures.js'
import { buildForBrowsers } from '../scripts/bundle.js'
import { ensureDist } from '../scripts/dist.js'
import { builtEntries } from '../scripts/entries.js'
import { plan } from './measure.js'
import type {} from './page.js'
import { postQuantumSuites } from './post-quantum.js'
import { PROFILE_TIMES } from './profile.js'
import { saveJson, saveResults } from './report/save.js'
import { formatRows, type Row } from './results.js'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 60)
const directory = mkdtempSync(join(tmpdir(), 'mtm-bench-'))

test.describe.configure({ mode: 'serial', timeout: 3_600_000 })

test.beforeAll(async () => {
  await ensureDist()
  await buildForBrowsers({
    entryPoints: ['bench/page.ts'],
    outdir: directory,
    alias: builtEntries(),
    splitting: true,
  })
  writeFileSync(join(directory, 'index.html'), PAGE)
})

test.afterAll(() => rmSync(directory, { recursive: true, force: true }))

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<script type="module" src="./page.js"></script></head><body><output id="ready"></output></body></html>`

/** Isolated pages get the time in steps of 5 to 20 µs, others in steps of up to 1 ms. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

async function openPage(driver: PageDriver, origin: string): Promise<void> {
  await driver.open(`${origin}/`)
  await driver.waitForText('#ready', 'ready')
}

test('candidates', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: { '/': directory }, headers: () => headers })
  await openPage(driver, origin)
  const rows: Row[] = []
  for (const part of plan(rounds)) {
    const measured = await driver.run((given) => globalThis.benchmark.measure(given), { ...part })
    console.log(`${driver.engine}\n${formatRows(measured)}\n`)
    rows.push(...measured)
  }
  const cores = await driver.run(() => navigator.hardwareConcurrency)
  saveResults({ engine: driver.engine, version: driver.version, cores, rounds, rows })
  expect(rows.length).toBeGreaterThan(0)
})

test('post-quantum', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: { '/': directory }, headers: () => headers })
  await openPage(driver, origin)
  const rows: Row[] = []
  for (const part of plan(rounds, postQuantumSuites)) {
    const measured = await driver.run((given) => globalThis.benchmark.measurePostQuantum(given), { ...part })
    console.log(`${driver.engine}\n${formatRows(measured)}\n`)
    rows.push(...measured)
  }
  const cores = await driver.run(() => navigator.hardwareConcurrency)
  const { engine, version } = driver
  saveJson(`post-quantum-${engine}`, { engine, version, cores, rounds, rows })
  expect(rows.length).toBeGreaterThan(0)
})

test('profile', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: { '/': directory }, headers: () => headers })
  await openPage(driver, origin)
  const rows = await driver.run((times) => globalThis.benchmark.profile(1, times), PROFILE_TIMES)
  saveJson(`profile-${driver.engine}`, { engine: driver.engine, version: driver.version, rows })
  expect(rows.length).toBeGreaterThan(0)
})

test('receiving', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: { '/': directory }, headers: () => headers })
  await openPage(driver, origin)
  const count = Number(process.env['BENCH_MESSAGES'] ?? 10_000)
  const rows = await driver.run((messages) => globalThis.benchmark.receiveMany(messages), count)
  console.log(`${driver.engine} receives ${count} messages\n${JSON.stringify(rows, undefined, 2)}`)
  saveJson(`receiving-${driver.engine}`, { engine: driver.engine, version: driver.version, count, rows })
  expect(rows.length).toBeGreaterThan(0)
})
