/** Puts into the table what the engines themselves do. Only that they answer is asserted: they may change. */

import { expect, test } from './fixtures.js'

test('tells what the engine does beyond our promise', async ({ driver, openSuite, report }) => {
  await openSuite()
  const facts = await driver.run(() => tasks.platformFacts())
  for (const [feature, value] of Object.entries(facts)) report('Platform', feature, value)
  expect(Object.keys(facts).length).toBeGreaterThan(20)
  const suites = await driver.run(() => library.supportedCipherSuites())
  report('Engine', 'version', driver.version)
  report('Engine', 'cipher suites', suites.join(', '))
})
