/** A kind of key pair: how SubtleCrypto names it, and its lengths in bytes on the MLS wire. */
export interface Curve {
  /** JWK `kty`: 'EC' keys are points with coordinates, 'OKP' keys are byte strings (RFC 8037). */
  readonly kty: 'EC' | 'OKP'
  /** JWK `crv`, and the `namedCurve` of SubtleCrypto. */
  readonly crv: string
  /** Raw public key: an uncompressed point (RFC 9420 section 5.1.1 by RFC 9180 section 7.1.1), or the OKP bytes. */
  readonly publicKeyLength: number
  /** Raw private key: the scalar, or the OKP seed. */
  readonly privateKeyLength: number
  /** DER of the AlgorithmIdentifier's content in PKCS#8 (RFC 5480 section 2.1.1, RFC 8410 section 3), in hex. */
  readonly algorithmIdentifier: string
}

/** OID id-ecPublicKey, in DER. */
const EC = '06072a8648ce3d0201'

export const curves = {
  'P-256': /* @__PURE__ */ ec('P-256', 32, '06082a8648ce3d030107'),
  'P-384': /* @__PURE__ */ ec('P-384', 48, '06052b81040022'),
  'P-521': /* @__PURE__ */ ec('P-521', 66, '06052b81040023'),
  X25519: /* @__PURE__ */ okp('X25519', 32, '06032b656e'),
  X448: /* @__PURE__ */ okp('X448', 56, '06032b656f'),
  Ed25519: /* @__PURE__ */ okp('Ed25519', 32, '06032b6570'),
  Ed448: /* @__PURE__ */ okp('Ed448', 57, '06032b6571'),
}

function ec(crv: string, coordinateLength: number, oid: string): Curve {
  return {
    kty: 'EC',
    crv,
    publicKeyLength: 1 + 2 * coordinateLength,
    privateKeyLength: coordinateLength,
    algorithmIdentifier: EC + oid,
  }
}

function okp(crv: string, length: number, oid: string): Curve {
  return { kty: 'OKP', crv, publicKeyLength: length, privateKeyLength: length, algorithmIdentifier: oid }
}
