/** What OpenMLS sealed is opened in a page of each engine. Run by `npm run interop`, which has the messages made. */

import { expect, test } from '../browser-tests/fixtures.js'
import { promisedSuites } from '../browser-tests/tasks/library.js'
import { type BrowserOutcome, readForBrowsers, writeBrowserOutcome } from './files.js'

test('opens what OpenMLS sealed', async ({ driver, openSuite }) => {
  await openSuite()
  const supported = await driver.run(() => library.supportedCipherSuites())
  const suites: BrowserOutcome['suites'][number][] = []
  for (const { suite, recipients, entries, expected } of readForBrowsers()) {
    const opened = await driver.run((given) => tasks.openEntries(library, given), { recipients, entries })
    const isSupported = supported.includes(suite)
    if (isSupported) expect(opened).toEqual(expected)
    else expect(new Set(opened.map(({ outcome }) => outcome))).toEqual(new Set(['unsupported-cipher-suite']))
    suites.push({ suite, outcome: isSupported ? 'opened' : 'unsupported', messages: opened.length })
  }
  const missing = suites.filter(({ outcome }) => outcome === 'unsupported').map(({ suite }) => suite)
  expect(promisedSuites.filter((promised) => missing.includes(promised))).toEqual([])
  writeBrowserOutcome({ engine: driver.engine, version: driver.version, suites })
})
