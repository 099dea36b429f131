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
  /** Of an EC curve. */
  readonly equation?: CurveEquation
  /** The hash of ECDSA (RFC 8446 section 4.2.3) and DHKEM (RFC 9180 section 7.1) on it; EdDSA has its own. */
  readonly hash: string
  /** DER of the contents of PKCS#8's AlgorithmIdentifier (RFC 5480 section 2.1.1, RFC 8410 section 3), in hex. */
  readonly algorithmIdentifier: string
}

/** y^2 = x^3 - 3x + b over the field of p, SP 800-186 section 3.2.1. */
export interface CurveEquation {
  readonly p: bigint
  readonly b: bigint
}

interface EcCurve extends Curve {
  readonly equation: CurveEquation
}

const ec = (
  crv: string,
  hash: string,
  coordinateLength: number,
  equation: CurveEquation,
  oid: string,
): EcCurve => ({
  crv,
  kty: 'EC',
  hash,
  publicKeyLength: 1 + 2 * coordinateLength,
  privateKeyLength: coordinateLength,
  equation,
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
  {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  '06082a8648ce3d030107',
)
export const p384 = /* @__PURE__ */ ec(
  'P-384',
  'SHA-384',
  48,
  {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  '06052b81040022',
)
export const p521 = /* @__PURE__ */ ec(
  'P-521',
  'SHA-512',
  66,
  {
    p: 0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffn,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
  '06052b81040023',
)
export const x25519 = /* @__PURE__ */ okp('X25519', 32, '06032b656e')
export const ed25519 = /* @__PURE__ */ okp('Ed25519', 32, '06032b6570')
export const ed448 = /* @__PURE__ */ okp('Ed448', 57, '06032b6571')
