/** Each engine opens the known answers of this repository, and seals them again to the byte. */

import { expect, test } from './fixtures.js'
import { ownVectorsOf } from './own-vectors.js'
import { allSuites, revisions } from './tasks/library.js'

for (const suite of allSuites) {
  test(`suite ${suite}: opens the own vectors, and seals them again to the byte`, async ({
    driver,
    openSuite,
    report,
  }) => {
    await openSuite()
    const supported = (await driver.run(() => library.supportedCipherSuites())).includes(suite)
    let count = 0
    for (const revision of revisions) {
      const { open, seal } = ownVectorsOf(revision, suite)
      const opened = await driver.run((given) => tasks.openEntries(library, given), open.given)
      const sealed = await driver.run((given) => tasks.sealAgain(library, given), seal.given)
      if (supported) {
        expect(opened).toEqual(open.expected)
        expect(sealed).toEqual(seal.expected)
      } else {
        const refused = 'unsupported-cipher-suite'
        expect(opened).toEqual(open.expected.map(({ name }) => ({ name, outcome: refused })))
        expect(sealed).toEqual(seal.expected.map(() => ({ refused })))
      }
      count += opened.length
    }
    expect(count).toBe(12)
    report(`Suite ${suite}`, 'own vectors', supported ? `${count} opened, sealed again` : 'unsupported')
  })
}
