/** The known answers of post-quantum suites, as an engine is asked for them: in pages, in runtimes and in Node alike. */

import {
  type CipherSuiteDescription,
  GroupEpoch,
  type GroupEpochOptions,
  type SealOptions,
} from 'mls-targeted-messages'
import type { HpkeJsKem } from 'mls-targeted-messages/hpke-js'
import { hpkeKem } from 'mls-targeted-messages/hpke-js'
import { withSubtle } from '../support/with-subtle.js'
import { suiteNames, suites } from './members.js'
import type { Way } from './ways.js'

type Bytes = Uint8Array<ArrayBuffer>

/** A member as a vector has it: with the suite's number. */
export type NumberedMember = Omit<GroupEpochOptions, 'cipherSuite'> & { readonly cipherSuite: number }

function suiteOf(id: number) {
  const name = suiteNames.find((one) => suites[one].native.id === id)
  if (name === undefined) throw new Error(`${id} is no post-quantum suite of the vectors`)
  return suites[name]
}

const createAs = (member: NumberedMember, cipherSuite: CipherSuiteDescription): Promise<GroupEpoch> =>
  GroupEpoch.create({ ...member, cipherSuite })

export const epochOf = (way: Way, member: NumberedMember): Promise<GroupEpoch> =>
  createAs(member, suiteOf(member.cipherSuite)[way === 'native' ? 'native' : 'plugIn'])

/**
 * Seals with the KEM's randomness of a vector, which nothing in the package allows. A plug-in is given it; SubtleCrypto
 * takes none, so what it would encapsulate is hpke-js's.
 */
export async function sealWithRandomness(
  way: Way,
  { sender, options, randomness }: SeededSeal,
): Promise<Uint8Array> {
  const suite = suiteOf(sender.cipherSuite)
  const kem = seeded(suite.kem, randomness)
  if (way === 'plug-in') {
    const epoch = await createAs(sender, { ...suite.plugIn, kem: hpkeKem(kem) })
    return epoch.seal(options)
  }
  const epoch = await createAs(sender, suite.native)
  return withSubtle(
    'encapsulateBits',
    async (_, [, key]) => {
      const raw: ArrayBuffer = await Reflect.apply(crypto.subtle.exportKey, crypto.subtle, [
        'raw-public',
        key,
      ])
      const recipientPublicKey = await kem.deserializePublicKey(raw)
      const { sharedSecret: sharedKey, enc: ciphertext } = await kem.encap({ recipientPublicKey })
      return { sharedKey, ciphertext }
    },
    () => epoch.seal(options),
  )
}

export interface SeededSeal {
  readonly sender: NumberedMember
  readonly options: SealOptions
  /** 64 bytes for X-Wing, 32 for ML-KEM. */
  readonly randomness: Bytes
}

/** hpke-js takes an `ekm`, which the library does not give. */
interface SeedableKem extends HpkeJsKem {
  encap(params: { recipientPublicKey: CryptoKey; ekm?: ArrayBuffer }): ReturnType<HpkeJsKem['encap']>
}

const seeded = (kem: SeedableKem, randomness: Bytes): HpkeJsKem => ({
  id: kem.id,
  encSize: kem.encSize,
  publicKeySize: kem.publicKeySize,
  privateKeySize: kem.privateKeySize,
  secretSize: kem.secretSize,
  deserializePublicKey: (key) => kem.deserializePublicKey(key),
  deserializePrivateKey: (key) => kem.deserializePrivateKey(key),
  generateKeyPair: () => kem.generateKeyPair(),
  decap: (params) => kem.decap(params),
  encap: (params) => kem.encap({ ...params, ekm: randomness.slice().buffer }),
})
