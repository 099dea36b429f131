import type { Bytes } from '../tls/bytes.js'
import { breathe } from './breathe.js'
import type { KeyKind } from './suites.js'

/**
 * Imports a raw public key. Throws for bytes that are no point of the curve, and for a point that is not in the one
 * form that RFC 9180 section 7.1.1 has, uncompressed: some engines would take others. Coordinates that are too great
 * (SEC 1 section 2.3.4) are refused here, because a P-521 point of all ones ends the process of WebKit on Linux.
 */
export async function importPublicKey(
  { curve, algorithm, publicUsages }: KeyKind,
  raw: Bytes,
): Promise<CryptoKey> {
  const { crv, kty, p, privateKeyLength, publicKeyLength } = curve
  if (raw.length !== publicKeyLength || (kty === 'EC' && raw[0] !== 4)) {
    throw new TypeError(`not ${publicKeyLength} bytes of an uncompressed ${crv} key`)
  }
  if (p !== undefined) {
    const x = raw.subarray(1, 1 + privateKeyLength)
    const y = raw.subarray(1 + privateKeyLength)
    if (!isLess(x, p) || !isLess(y, p)) throw new TypeError(`a coordinate is not in the field of ${crv}`)
  }
  return crypto.subtle.importKey('raw', raw, algorithm, true, publicUsages)
}

/** Whether `a` is less than `b`: big-endian and equally long. Not in constant time, which public keys do not need. */
function isLess(a: Bytes, b: Bytes): boolean {
  const first = a.findIndex((byte, i) => byte !== b[i])
  return first >= 0 && (a[first] ?? 0) < (b[first] ?? 0)
}

/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
const ATTEMPTS = 4

/** A new key pair whose private half is not extractable. */
export async function generateKeyPair(kind: KeyKind, attempts = ATTEMPTS): Promise<CryptoKeyPair> {
  const { algorithm, publicUsages, privateUsage } = kind
  try {
    return await breathe(() => crypto.subtle.generateKey(algorithm, false, [privateUsage, ...publicUsages]))
  } catch (error) {
    if (attempts === 1) throw error
    return generateKeyPair(kind, attempts - 1)
  }
}
