/** A sample of the hostile input of the unit tests, in every engine: each refuses it with the same codes as Node. */

import { flips } from '../tests/hostile/bits.js'
import { isEcSuite } from '../tests/hostile/ecdsa.js'
import type { Hostile } from '../tests/hostile/hostile.js'
import {
  withKnownSecrets,
  withSharedSecretOf,
  wrongKemOutputs,
  wrongSignatures,
} from '../tests/hostile/members.js'
import { sampled } from '../tests/hostile/scale.js'
import { type Combination, sealedTarget, secret, type Target } from '../tests/hostile/target.js'
import { hex } from '../tests/support/hex.js'
import { expect, test } from './fixtures.js'
import type { HostileGiven } from './tasks/hostile.js'
import { memberToJson } from './tasks/member.js'

/** Every suite, every revision, and the last is the one that only some engines run. */
const combinations: readonly Combination[] = [
  { revision: '02', cipherSuite: 1 },
  { revision: '00', cipherSuite: 2 },
  { revision: '01', cipherSuite: 5 },
  { revision: '00', cipherSuite: 7 },
  { revision: '02', cipherSuite: 3 },
]

/** Every byte of the message without all that follows. */
const cut = ({ message }: Target): Hostile[] =>
  Array.from(message, (_, at) => ({
    name: `the first ${at} bytes`,
    bytes: message.subarray(0, at),
    codes: ['malformed'],
  }))

async function given(combination: Combination): Promise<HostileGiven> {
  const target = await sealedTarget(combination)
  const isX25519 = !isEcSuite(combination.cipherSuite)
  const hostile = [
    // Every bit of a byte in turn: 13 and 8 have no divisor in common.
    ...sampled(flips(target), 13),
    ...cut(target),
    ...(await wrongSignatures(target)),
    ...(await wrongKemOutputs(target)),
    ...(isX25519 ? await withKnownSecrets(target) : []),
  ]
  return {
    recipient: memberToJson(combination.revision, target.as(1)),
    good: [target.message, ...(isX25519 ? [await withSharedSecretOf(target)] : [])].map(hex),
    secret: new TextDecoder().decode(secret),
    hostile: hostile.map(({ name, bytes, codes }) => ({ name, message: hex(bytes), codes })),
  }
}

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
    const all = await given(combination)
    const outcome = await driver.run((each) => tasks.openHostile(library, each), all)
    expect(outcome).toEqual({
      opened: Array.from({ length: 2 * all.good.length }, () => hex(secret)),
      refused: all.hostile.length,
      wrong: [],
      unhandled: [],
    })
    expect(await driver.consoleErrors()).toEqual([])
    report(`Suite ${cipherSuite}`, 'hostile input', 'refused')
  })
}
