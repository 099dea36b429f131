import type { Bytes } from '../tls/bytes.js'
import { fromBase64url } from './base64url.js'

/** A kind of key pair: how SubtleCrypto names it, and its lengths in bytes on the MLS wire. */
export interface Curve {
  /** JWK `crv`, and the `namedCurve` of SubtleCrypto. */
  readonly crv: string
  /** JWK `kty`: 'EC' keys are points with coordinates, 'OKP' keys are byte strings (RFC 8037). */
  readonly kty: 'EC' | 'OKP'
  /** Raw public key: an uncompressed point (RFC 9420 section 5.1.1 by RFC 9180 section 7.1.1), or the OKP bytes. */
  readonly publicKeyLength: number
  /** Raw private key: the scalar, as long as a coordinate, or the OKP seed. */
  readonly privateKeyLength: number
  /** The prime of an EC curve's field (SP 800-186 section 3.2.1), big-endian: every coordinate is smaller. */
  readonly p?: Bytes
  /** The hash of ECDSA (RFC 8446 section 4.2.3) and DHKEM (RFC 9180 section 7.1) on it; EdDSA has its own. */
  readonly hash: string
  /** DER of the contents of PKCS#8's AlgorithmIdentifier (RFC 5480 section 2.1.1, RFC 8410 section 3), in hex. */
  readonly algorithmIdentifier: string
}

/** A curve y^2 = x^3 - 3x + b over the field of p. */
interface WeierstrassCurve extends Curve {
  readonly p: Bytes
  /** SP 800-186 section 3.2.1, big-endian. */
  readonly b: Bytes
}

type Digits = readonly [p: string, b: string]

const ec = (
  crv: string,
  hash: string,
  coordinateLength: number,
  [p, b]: Digits,
  oid: string,
): WeierstrassCurve => ({
  crv,
  kty: 'EC',
  hash,
  publicKeyLength: 1 + 2 * coordinateLength,
  privateKeyLength: coordinateLength,
  p: fromBase64url(p),
  b: fromBase64url(b),
  // id-ecPublicKey, then the curve
  algorithmIdentifier: `06072a8648ce3d0201${oid}`,
})

const okp = (crv: string, length: number, oid: string): Curve => ({
  crv,
  kty: 'OKP',
  hash: 'SHA-256',
  publicKeyLength: length,
  privateKeyLength: length,
  algorithmIdentifier: oid,
})

export const p256 = /* @__PURE__ */ ec(
  'P-256',
  'SHA-256',
  32,
  ['_____wAAAAEAAAAAAAAAAAAAAAD_______________8', 'WsY12Ko6k-ez671VdpiGvGUdBrDMU7D2O848PifSYEs'],
  '06082a8648ce3d030107',
)
export const p384 = /* @__PURE__ */ ec(
  'P-384',
  'SHA-384',
  48,
  [
    '__________________________________________7_____AAAAAAAAAAD_____',
    'szEvp-I-5-SYjgVr4_gtGRgdnG7-gUESAxQIj1ATh1rGVjmNii7RnSqFyO3T7Crv',
  ],
  '06052b81040022',
)
export const p521 = /* @__PURE__ */ ec(
  'P-521',
  'SHA-512',
  66,
  [
    'Af______________________________________________________________________________________',
    'AFGVPrlhjhyaH5KaIaC2hUDuotpyW5mzFfO4tImRjvEJ4VYZOVHsfpN7FlLAvTuxvwc1c9-IPSw08e9FH9RrUD8A',
  ],
  '06052b81040023',
)
export const x25519 = /* @__PURE__ */ okp('X25519', 32, '06032b656e')
export const ed25519 = /* @__PURE__ */ okp('Ed25519', 32, '06032b6570')
export const ed448 = /* @__PURE__ */ okp('Ed448', 57, '06032b6571')
