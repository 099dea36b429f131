import type { Bytes } from '../tls/bytes.js'

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
  /** The prime of an EC curve's field (SP 800-186 section 3.2.1), big-endian: a coordinate is less. */
  readonly p?: Bytes
  /** What ECDSA (RFC 8446 section 4.2.3) and DHKEM (RFC 9180 section 7.1) use it with; EdDSA has its own. */
  readonly hash: string
  /** DER of the contents of PKCS#8's AlgorithmIdentifier (RFC 5480 section 2.1.1, RFC 8410 section 3), in hex. */
  readonly algorithmIdentifier: string
}

const ec = (crv: string, hash: string, coordinateLength: number, p: string, oid: string): Curve => ({
  crv,
  kty: 'EC',
  hash,
  publicKeyLength: 1 + 2 * coordinateLength,
  privateKeyLength: coordinateLength,
  p: Uint8Array.from({ length: coordinateLength }, (_, i) => Number(`0x${p.slice(2 * i, 2 * i + 2)}`)),
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
  `ffffffff00000001${'00'.repeat(12)}${'ff'.repeat(12)}`,
  '06082a8648ce3d030107',
)
export const p384 = /* @__PURE__ */ ec(
  'P-384',
  'SHA-384',
  48,
  `${'ff'.repeat(31)}feffffffff${'00'.repeat(8)}ffffffff`,
  '06052b81040022',
)
export const p521 = /* @__PURE__ */ ec('P-521', 'SHA-512', 66, `01${'ff'.repeat(65)}`, '06052b81040023')
export const x25519 = /* @__PURE__ */ okp('X25519', 32, '06032b656e')
export const ed25519 = /* @__PURE__ */ okp('Ed25519', 32, '06032b6570')
export const ed448 = /* @__PURE__ */ okp('Ed448', 57, '06032b6571')
