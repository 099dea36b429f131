/** What is sealed in one engine is opened in each other: nine pairs, three of them in each project. */

import { engineNames } from './engines/table.js'
import { sealedBy } from './exchange/ask.js'
import { expect, test } from './fixtures.js'

for (const sealing of engineNames) {
  test(`opens what ${sealing} sealed`, async ({ driver, openSuite, report }) => {
    await openSuite()
    const { expected, ...given } = await sealedBy(sealing)
    expect(await driver.run((entries) => tasks.openEntries(library, entries), given)).toEqual(expected)
    expect(expected).toHaveLength(6)
    for (const suite of [1, 2]) report(`Suite ${suite}`, `opens what ${sealing} sealed`, 'yes')
  })
}
