import { type Bytes, isBytes } from '../tls/bytes.js'
import { base64url, fromBase64url } from './base64url.js'
import type { Curve } from './curves.js'
import { coordinates, isOnCurve } from './ec-point.js'
import type { KeyKind } from './key-kind.js'
import { withPauses } from './pauses.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'

/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
const ATTEMPTS = 4

/** Key pairs of one purpose on one curve. */
export interface CurveKeys extends KeyKind {
  readonly curve: Curve
  /** What SubtleCrypto imports, generates, signs and verifies with. */
  readonly algorithm: { readonly name: string; readonly namedCurve: string; readonly hash: string }
  /** A new key pair whose private half is not extractable. */
  generateKeyPair(): Promise<CryptoKeyPair>
}

/** The first usage is that of the private key. */
export function curveKeys(
  curve: Curve,
  ecAlgorithm: 'ECDH' | 'ECDSA',
  [privateUsage, ...publicUsages]: readonly [KeyUsage, ...KeyUsage[]],
): CurveKeys {
  const { kty, crv, hash, equation, publicKeyLength, privateKeyLength } = curve
  const isEc = kty === 'EC'
  // Engines ignore parameters that an algorithm does not have, so one object does for all.
  const algorithm = { name: isEc ? ecAlgorithm : crv, namedCurve: crv, hash }

  const generateKeyPair = async (attempts = ATTEMPTS): Promise<CryptoKeyPair> => {
    try {
      return await withPauses(() =>
        crypto.subtle.generateKey(algorithm, false, [privateUsage, ...publicUsages]),
      )
    } catch (error) {
      if (attempts === 1) throw error
      return generateKeyPair(attempts - 1)
    }
  }

  return {
    curve,
    algorithm,
    name: crv,
    publicKeyLength,
    isPoint: isEc,
    privateKeyInput: `${privateKeyLength} bytes or PKCS#8 of ${crv}, or a CryptoKey with the usage ${privateUsage}`,
    privateKeyForm: { format: 'jwk', algorithm, usages: [privateUsage] },

    /** Throws for anything but a key of the curve: some engines accept points in other forms, or off the curve. */
    async importPublicKey(raw) {
      if (raw.length !== publicKeyLength || (equation && !isOnCurve(equation, raw))) {
        throw new TypeError(`this is not a ${crv} key`)
      }
      return crypto.subtle.importKey('raw', raw, algorithm, true, publicUsages)
    },

    /** The JSON of a JWK, because every engine imports that; the public half comes from the own leaf. */
    async privateKeyBytes(given, publicKey) {
      const raw = isBytes(given)
        ? rawPrivateKey(curve, given)
        : fromBase64url((await crypto.subtle.exportKey('jwk', given)).d ?? '')
      const [x, y] = coordinates(publicKey).map(base64url)
      const publicHalf = isEc ? { x, y } : { x: base64url(publicKey) }
      const jwk = { kty, crv, d: base64url(raw), ...publicHalf }
      raw.fill(0)
      return new TextEncoder().encode(JSON.stringify(jwk))
    },

    generateKeyPair,
  }
}

const rawPrivateKey = (curve: Curve, given: Bytes): Bytes =>
  given.length === curve.privateKeyLength ? given : privateKeyFromPkcs8(given, curve)
