import { XWing } from '@hpke/hybridkem-x-wing'
import { MlKem768 } from '@hpke/ml-kem'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { Revision } from 'mls-targeted-messages'
import {
  cipherSuite,
  MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519,
  MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
} from 'mls-targeted-messages/post-quantum'
import { groupOfTwo, random } from './pair.js'
import { plugInKems } from './ways.js'

/** Two suites of draft-ietf-mls-pq-ciphersuites-06, under numbers for private use, natively and with a plug-in. */
export const suites = {
  'X-Wing': {
    kem: new XWing(),
    native: cipherSuite({ ...MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519, id: 0xf101 }),
    plugIn: cipherSuite({
      ...MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
      id: 0xf101,
      kem: plugInKems[0x647a],
    }),
    Nh: 32,
  },
  'ML-KEM-768': {
    kem: new MlKem768(),
    native: cipherSuite({ ...MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519, id: 0xf106 }),
    plugIn: cipherSuite({ ...MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519, id: 0xf106, kem: plugInKems[0x41] }),
    Nh: 48,
  },
} as const
export type SuiteName = keyof typeof suites
export const suiteNames: readonly SuiteName[] = ['X-Wing', 'ML-KEM-768']

/** What leaf 0 or 1 of a group of two gives to `GroupEpoch.create`; new keys for each group. */
export async function postQuantumPair(name: SuiteName, revision: Revision = '02') {
  const { kem, Nh } = suites[name]
  const leaves = await Promise.all([0, 1].map((leafIndex) => leaf(leafIndex)))
  async function leaf(leafIndex: number) {
    const { privateKey, publicKey } = await kem.generateKeyPair()
    const signaturePrivateKey = random(32)
    return {
      leafIndex,
      encryptionKey: new Uint8Array(await kem.serializePublicKey(publicKey)),
      encryptionPrivateKey: new Uint8Array(await kem.serializePrivateKey(privateKey)).slice(),
      signatureKey: new Uint8Array(ed25519.getPublicKey(signaturePrivateKey)),
      signaturePrivateKey,
    }
  }
  return groupOfTwo({ revision, leaves, Nh })
}
