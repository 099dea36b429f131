/** A sample of the hostile input of the unit tests. */

import { flips } from '../tests/hostile/bits.js'
import { isX25519Suite } from '../tests/hostile/ecdsa.js'
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
import type { HostileGiven, HostileOutcome } from './tasks/hostile.js'
import { memberToJson } from './tasks/member.js'

/** The message, cut off at each byte. */
const cut = ({ message }: Target): Hostile[] =>
  Array.from(message, (_, at) => ({
    name: `the first ${at} bytes`,
    bytes: message.subarray(0, at),
    codes: ['malformed'],
  }))

/** The sample for a suite and revision, and the member that it is offered to. */
export async function hostileSample(combination: Combination): Promise<HostileGiven> {
  const target = await sealedTarget(combination)
  const isX25519 = isX25519Suite(combination.cipherSuite)
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

/** What must come of it: good messages open before and after, and all others are refused. */
export const refusedAll = ({ good, hostile }: HostileGiven): HostileOutcome => ({
  opened: Array.from({ length: 2 * good.length }, () => hex(secret)),
  refused: hostile.length,
  wrong: [],
  unhandled: [],
})
