/** A sample of the hostile input of the unit tests, in every engine: each refuses it with the same codes as Node. */

import type { Combination } from '../tests/hostile/target.js'
import { expect, test } from './fixtures.js'
import { hostileSample, refusedAll } from './hostile.js'

/** Every suite, every revision, and the last is the one that only some engines run. */
const combinations: readonly Combination[] = [
  { revision: '02', cipherSuite: 1 },
  { revision: '00', cipherSuite: 2 },
  { revision: '01', cipherSuite: 5 },
  { revision: '00', cipherSuite: 7 },
  { revision: '02', cipherSuite: 3 },
]

for (const combination of combinations) {
  const { cipherSuite, revision } = combination
  test(`suite ${cipherSuite}, revision ${revision}: hostile input is refused`, async ({
    driver,
    openSuite,
    report,
  }) => {
    await openSuite()
    const supported = (await driver.run(() => library.supportedCipherSuites())).includes(cipherSuite)
    if (!supported) {
      // Only this suite may be missing.
      expect(cipherSuite).toBe(3)
      report(`Suite ${cipherSuite}`, 'hostile input', 'unsupported')
      return
    }
    const all = await hostileSample(combination)
    const outcome = await driver.run((each) => tasks.openHostile(library, each), all)
    expect(outcome).toEqual(refusedAll(all))
    expect(await driver.consoleErrors()).toEqual([])
    report(`Suite ${cipherSuite}`, 'hostile input', 'refused')
  })
}
