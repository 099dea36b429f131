import type { CipherSuite } from 'hpke-js'
import type { Curve, Suite } from './suites.js'
import { concat } from './wire.js'

function base64url(bytes: Uint8Array): string {
  const encoded = btoa(String.fromCharCode(...bytes))
  return encoded.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** An EC private key as JWK, which every engine imports; the point is uncompressed. */
export function ecJwk(curve: Curve, point: Uint8Array, scalar: Uint8Array): JsonWebKey {
  if (point.length !== 1 + 2 * curve.size || point[0] !== 4) throw new Error('EC point is not uncompressed')
  if (scalar.length !== curve.size) throw new Error('EC scalar of the wrong length')
  const x = base64url(point.slice(1, 1 + curve.size))
  const y = base64url(point.slice(1 + curve.size))
  return { kty: 'EC', crv: curve.name, x, y, d: base64url(scalar) }
}

/** The recipient's HPKE private key for hpke-js. `publicKey` may be missing for X25519. */
export async function hpkePrivateKey(
  suite: Suite,
  hpke: CipherSuite,
  privateKey: Uint8Array,
  publicKey: Uint8Array | undefined,
): Promise<CryptoKey> {
  if (suite.curve === undefined) return hpke.kem.deserializePrivateKey(concat(privateKey))
  if (publicKey === undefined) throw new Error("the member's own leaf is missing")
  return hpke.kem.importKey('jwk', ecJwk(suite.curve, publicKey, privateKey), false)
}
