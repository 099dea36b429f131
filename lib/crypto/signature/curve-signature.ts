import type { Bytes } from '../../tls/bytes.js'
import { breathe } from '../breathe.js'
import { CurveKeys } from '../curve-keys.js'
import type { Curve } from '../curves.js'
import { ecdsaFromDer, ecdsaToDer } from './ecdsa-der.js'
import type { SignatureScheme } from './scheme.js'

/** EdDSA, or ECDSA with the hash that RFC 8446 section 4.2.3 gives the curve, by SubtleCrypto. */
export class CurveSignature extends CurveKeys implements SignatureScheme<CryptoKey> {
  constructor(curve: Curve) {
    super(curve, 'ECDSA', ['sign', 'verify'])
  }

  async sign(key: CryptoKey, content: Bytes): Promise<Bytes> {
    const signature = new Uint8Array(await breathe(() => crypto.subtle.sign(this.algorithm, key, content)))
    return this.curve.kty === 'EC' ? ecdsaToDer(signature) : signature
  }

  async verify(key: CryptoKey, content: Bytes, signature: Bytes): Promise<boolean> {
    const { kty, privateKeyLength } = this.curve
    const raw = kty === 'EC' ? ecdsaFromDer(signature, privateKeyLength) : signature
    // Some engines abort on an EdDSA signature that is not two keys long.
    if (raw.length !== 2 * privateKeyLength) return false
    return breathe(() => crypto.subtle.verify(this.algorithm, key, raw, content))
  }
}
