/** Each engine opens and refuses exactly what Node does, for the same reasons. */

import { expect, test } from './fixtures.js'
import { outcomesInNode, reference } from './reference.js'
import { allSuites, revisions } from './tasks/library.js'

for (const suite of allSuites) {
  test(`suite ${suite}: opens the reference messages, refuses the others as Node does`, async ({
    driver,
    openSuite,
    report,
  }) => {
    await openSuite()
    const supported = (await driver.run(() => library.supportedCipherSuites())).includes(suite)
    let opened = 0
    let refused = 0
    for (const revision of revisions) {
      const expected = reference(revision, suite)
      const outcomes = await driver.run((given) => tasks.openEntries(library, given), expected.given)
      if (!supported) {
        expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unsupported-cipher-suite']))
        continue
      }
      const count = expected.opened.length
      expect(outcomes.slice(0, count)).toEqual(expected.opened)
      const inNode = await outcomesInNode(revision, suite)
      expect(outcomes.slice(count)).toEqual(
        expected.refused.map((name) => ({ name, outcome: inNode.get(name) })),
      )
      for (const { outcome } of outcomes.slice(count)) expect(outcome).not.toMatch(/^opened|^not a /)
      opened += count
      refused += expected.refused.length
    }
    const value = supported ? `${opened} opened, ${refused} refused` : 'unsupported'
    report(`Suite ${suite}`, 'reference vectors, as in Node', value)
  })
}
