import type { Bytes } from '../tls/bytes.js'
import type { KeyKind } from './suites.js'

/**
 * Imports a raw public key. Throws for bytes that are no point of the curve, and for a point that is not in the one
 * form that RFC 9180 section 7.1.1 has, uncompressed: some engines would take others.
 */
export async function importPublicKey(
  { curve, algorithm, publicUsages }: KeyKind,
  raw: Bytes,
): Promise<CryptoKey> {
  const { crv, kty, publicKeyLength } = curve
  if (raw.length !== publicKeyLength || (kty === 'EC' && raw[0] !== 4)) {
    throw new TypeError(`not ${publicKeyLength} bytes of an uncompressed ${crv} key`)
  }
  return crypto.subtle.importKey('raw', raw, algorithm, true, publicUsages)
}

/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
const ATTEMPTS = 4

/** A new key pair whose private half is not extractable. */
export async function generateKeyPair(kind: KeyKind, attempts = ATTEMPTS): Promise<CryptoKeyPair> {
  const { algorithm, publicUsages, privateUsage } = kind
  try {
    return await crypto.subtle.generateKey(algorithm, false, [privateUsage, ...publicUsages])
  } catch (error) {
    if (attempts === 1) throw error
    return generateKeyPair(kind, attempts - 1)
  }
}
