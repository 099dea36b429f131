/** What is sealed in one engine is opened in each other: nine pairs, three of them in each project. */

import { launch } from './driver/launch.js'
import { engineNames } from './engines/table.js'
import { expect, test } from './fixtures.js'
import { openSuitePage } from './package/served.js'

for (const sealing of engineNames) {
  test(`opens what ${sealing} sealed`, async ({ driver, openSuite, report }) => {
    const origin = await openSuite()
    const seal = () => tasks.sealForOthers(library, [1, 2])
    let sealed: Awaited<ReturnType<typeof seal>>
    if (sealing === driver.engine) {
      sealed = await driver.run(seal)
    } else {
      const other = await launch(sealing)
      try {
        const page = await other.newPage()
        await openSuitePage(page, `${origin}/`)
        sealed = await page.run(seal)
      } finally {
        await other.close()
      }
    }
    const { expected, ...given } = sealed
    expect(await driver.run((entries) => tasks.openEntries(library, entries), given)).toEqual(expected)
    expect(expected).toHaveLength(6)
    for (const suite of [1, 2]) report(`Suite ${suite}`, `opens what ${sealing} sealed`, 'yes')
  })
}
