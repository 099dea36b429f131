import { type CurveKeys, curveKeys } from '../curve-keys.js'
import type { Curve } from '../curves.js'
import { withPauses } from '../pauses.js'
import { ecdsaFromDer, ecdsaToDer } from './ecdsa-der.js'
import type { SignatureScheme } from './scheme.js'

/** EdDSA, or ECDSA with the hash that RFC 8446 section 4.2.3 gives the curve, by SubtleCrypto. */
export interface CurveSignature extends SignatureScheme, CurveKeys {
  generateKeyPair(): Promise<CryptoKeyPair>
}

export function curveSignature(curve: Curve): CurveSignature {
  const keys = curveKeys(curve, 'ECDSA', ['sign', 'verify'])
  const { algorithm, isPoint } = keys
  return {
    ...keys,

    async sign(key, content) {
      const signature = new Uint8Array(await withPauses(() => crypto.subtle.sign(algorithm, key, content)))
      return isPoint ? ecdsaToDer(signature) : signature
    },

    async verify(key, content, signature) {
      const raw = isPoint ? ecdsaFromDer(signature, curve.privateKeyLength) : signature
      // Some engines crash on an EdDSA signature of the wrong length, which is that of two keys.
      if (raw.length !== 2 * curve.privateKeyLength) return false
      return withPauses(() => crypto.subtle.verify(algorithm, key, raw, content))
    },
  }
}
