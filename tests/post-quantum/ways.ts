/** Who does the post-quantum work in an engine: its SubtleCrypto, or plug-ins. In pages and in Node alike. */

import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { XWing } from '@hpke/hybridkem-x-wing'
import { MlKem512, MlKem768, MlKem1024 } from '@hpke/ml-kem'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { hpkeAead, hpkeKem } from 'mls-targeted-messages/hpke-js'
import {
  mldsa44,
  mldsa65,
  mldsa87,
  mlkem768,
  mlkem768x25519,
  mlkem1024,
  signaturePlugIn,
} from 'mls-targeted-messages/post-quantum'

export type Way = 'native' | 'plug-in'

/** By KEM id. */
export const nativeKems = { 65: mlkem768, 66: mlkem1024, 25722: mlkem768x25519 } as const
export const plugInKems = {
  64: hpkeKem(new MlKem512()),
  65: hpkeKem(new MlKem768()),
  66: hpkeKem(new MlKem1024()),
  25722: hpkeKem(new XWing()),
} as const
export type KemId = keyof typeof plugInKems

/** By name. */
export const nativeSignatures = { 'ML-DSA-44': mldsa44, 'ML-DSA-65': mldsa65, 'ML-DSA-87': mldsa87 } as const
export const plugInSignatures = {
  'ML-DSA-44': signaturePlugIn(mldsa44, ml_dsa44),
  'ML-DSA-65': signaturePlugIn(mldsa65, ml_dsa65),
  'ML-DSA-87': signaturePlugIn(mldsa87, ml_dsa87),
} as const

export const plugInAead = hpkeAead(new Chacha20Poly1305())

/** The KEMs of this engine: the plug-in, and SubtleCrypto's if it has this one. */
export async function kemsFor(id: KemId) {
  const plugIn = { way: 'plug-in' as Way, kem: plugInKems[id] }
  const native = id === 0x40 ? undefined : nativeKems[id]
  return native && (await native.isSupported()) ? [plugIn, { way: 'native' as Way, kem: native }] : [plugIn]
}

/** SubtleCrypto's ChaCha20-Poly1305 where there is one: nothing stands in for what is there. */
export async function aeadForChaCha() {
  const key = new Uint8Array(32)
  const subtle: { importKey(...args: readonly unknown[]): Promise<CryptoKey> } = crypto.subtle
  return subtle.importKey('raw-secret', key, 'ChaCha20-Poly1305', false, ['encrypt']).then(
    () => undefined,
    () => plugInAead,
  )
}
