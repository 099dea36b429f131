import { type Bytes, isBytes } from '../tls/bytes.js'
import { base64url, fromBase64url } from './base64url.js'
import { breathe } from './breathe.js'
import type { Curve } from './curves.js'
import type { NativeForm } from './key-form.js'
import type { KeyKind } from './key-kind.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'

/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
const ATTEMPTS = 4

/** Key pairs of one purpose on one curve. */
export class CurveKeys implements KeyKind<CryptoKey> {
  readonly curve: Curve
  /** What SubtleCrypto imports, generates, signs and verifies with. */
  readonly algorithm: { readonly name: string; readonly namedCurve: string; readonly hash: string }
  readonly publicUsages: KeyUsage[]
  readonly privateUsage: KeyUsage
  readonly name: string
  readonly publicKeyLength: number
  readonly isPoint: boolean
  readonly privateKeyInput: string
  readonly privateKeyForm: NativeForm

  /** The usage of a private key is the first. */
  constructor(
    curve: Curve,
    ecAlgorithm: 'ECDH' | 'ECDSA',
    [privateUsage, ...publicUsages]: readonly [KeyUsage, ...KeyUsage[]],
  ) {
    const { kty, crv, hash, publicKeyLength, privateKeyLength } = curve
    this.curve = curve
    // Engines ignore the parameters that an algorithm does not have, so all have all.
    this.algorithm = { name: kty === 'EC' ? ecAlgorithm : crv, namedCurve: crv, hash }
    this.publicUsages = publicUsages
    this.privateUsage = privateUsage
    this.name = crv
    this.publicKeyLength = publicKeyLength
    this.isPoint = kty === 'EC'
    this.privateKeyInput = `${privateKeyLength} bytes or PKCS#8 of ${crv}, or a CryptoKey with the usage ${privateUsage}`
    this.privateKeyForm = { format: 'jwk', algorithm: this.algorithm, usages: [privateUsage] }
  }

  /**
   * Throws for bytes that are no point of the curve, and for a point that is not in the one form that RFC 9180 section
   * 7.1.1 has, uncompressed: some engines would take others. Coordinates that are too great (SEC 1 section 2.3.4) are
   * refused here, because a P-521 point of all ones ends the process of WebKit on Linux.
   */
  async importPublicKey(raw: Bytes): Promise<CryptoKey> {
    const { crv, kty, p, privateKeyLength, publicKeyLength } = this.curve
    if (raw.length !== publicKeyLength || (kty === 'EC' && raw[0] !== 4)) {
      throw new TypeError(`not ${publicKeyLength} bytes of an uncompressed ${crv} key`)
    }
    if (p !== undefined) {
      const x = raw.subarray(1, 1 + privateKeyLength)
      const y = raw.subarray(1 + privateKeyLength)
      if (!isLess(x, p) || !isLess(y, p)) throw new TypeError(`a coordinate is not in the field of ${crv}`)
    }
    return crypto.subtle.importKey('raw', raw, this.algorithm, true, this.publicUsages)
  }

  /** The JSON of a JWK, because every engine imports that; the public half is the own leaf's. */
  async privateKeyBytes(given: Bytes | CryptoKey, publicKey: Bytes): Promise<Bytes> {
    const { kty, crv } = this.curve
    const raw = isBytes(given) ? this.#rawPrivateKey(given) : await exportedPrivateKey(given)
    const jwk = { kty, crv, d: base64url(raw), ...publicJwk(this.curve, publicKey) }
    raw.fill(0)
    return new TextEncoder().encode(JSON.stringify(jwk))
  }

  #rawPrivateKey(given: Bytes): Bytes {
    return given.length === this.curve.privateKeyLength ? given : privateKeyFromPkcs8(given, this.curve)
  }

  /** A new key pair whose private half is not extractable. */
  async generateKeyPair(attempts = ATTEMPTS): Promise<CryptoKeyPair> {
    const { algorithm, privateUsage, publicUsages } = this
    try {
      return await breathe(() => crypto.subtle.generateKey(algorithm, false, [privateUsage, ...publicUsages]))
    } catch (error) {
      if (attempts === 1) throw error
      return this.generateKeyPair(attempts - 1)
    }
  }
}

const exportedPrivateKey = async (key: CryptoKey): Promise<Bytes> =>
  fromBase64url((await crypto.subtle.exportKey('jwk', key)).d ?? '')

/** Whether `a` is less than `b`: big-endian and equally long. Not in constant time, which public keys do not need. */
function isLess(a: Bytes, b: Bytes): boolean {
  const first = a.findIndex((byte, i) => byte !== b[i])
  return first >= 0 && (a[first] ?? 0) < (b[first] ?? 0)
}

function publicJwk({ kty, privateKeyLength: length }: Curve, raw: Bytes): JsonWebKey {
  if (kty === 'OKP') return { x: base64url(raw) }
  return { x: base64url(raw.subarray(1, 1 + length)), y: base64url(raw.subarray(1 + length)) }
}
