import { fail } from '../errors.js'
import { type Curve, ed25519, p256, p384, p521, x25519 } from './curves.js'

/** An MLS cipher suite (RFC 9420 section 17.1) in the terms of RFC 9180 and SubtleCrypto. Lengths in bytes. */
export interface CipherSuite {
  readonly id: number
  readonly kem: Kem
  readonly kdf: Kdf
  readonly aead: Aead
  readonly signature: KeyKind
}

/** Key pairs of one purpose on one curve. */
export interface KeyKind {
  readonly curve: Curve
  /** What SubtleCrypto imports, generates, signs and verifies with. */
  readonly algorithm: { readonly name: string; readonly namedCurve: string; readonly hash: string }
  readonly publicUsages: KeyUsage[]
  readonly privateUsage: KeyUsage
}

/** RFC 9180 section 7.1. */
export type Kem = KeyKind & { readonly id: number }

export interface Kdf {
  /** RFC 9180 section 7.2. */
  readonly id: number
  readonly hash: string
  readonly Nh: number
}

export interface Aead {
  /** RFC 9180 section 7.3. */
  readonly id: number
  readonly name: string
  readonly Nk: number
}

/** All suites' AEADs have nonces of 12 bytes (RFC 9180 section 7.3). */
export const Nn = 12

const sha256: Kdf = { id: 1, hash: 'SHA-256', Nh: 32 }
const sha384: Kdf = { id: 2, hash: 'SHA-384', Nh: 48 }
const sha512: Kdf = { id: 3, hash: 'SHA-512', Nh: 64 }

const aes128: Aead = { id: 1, name: 'AES-GCM', Nk: 16 }
const aes256: Aead = { id: 2, name: 'AES-GCM', Nk: 32 }
const chacha20: Aead = { id: 3, name: 'ChaCha20-Poly1305', Nk: 32 }

/** Engines ignore the parameters that an algorithm does not have, so all have all. */
const keyKind = (
  ecAlgorithm: string,
  curve: Curve,
  hash: string,
  [privateUsage, ...publicUsages]: Usages,
): KeyKind => ({
  curve,
  algorithm: { name: curve.kty === 'EC' ? ecAlgorithm : curve.crv, namedCurve: curve.crv, hash },
  publicUsages,
  privateUsage,
})

type Usages = readonly [KeyUsage, ...KeyUsage[]]

const suite = (
  id: number,
  [kemId, curve, signatureCurve]: readonly [number, Curve, Curve],
  kdf: Kdf,
  aead: Aead,
): CipherSuite => ({
  id,
  kem: { id: kemId, ...keyKind('ECDH', curve, kdf.hash, ['deriveBits']) },
  kdf,
  aead,
  signature: keyKind('ECDSA', signatureCurve, kdf.hash, ['sign', 'verify']),
})

/** The suites of RFC 9420 section 17.1 that are built in, whether or not this engine runs them. */
export const cipherSuites: readonly CipherSuite[] = [
  /* @__PURE__ */ suite(1, [0x20, x25519, ed25519], sha256, aes128),
  /* @__PURE__ */ suite(2, [0x10, p256, p256], sha256, aes128),
  /* @__PURE__ */ suite(3, [0x20, x25519, ed25519], sha256, chacha20),
  /* @__PURE__ */ suite(5, [0x12, p521, p521], sha512, aes256),
  /* @__PURE__ */ suite(7, [0x11, p384, p384], sha384, aes256),
]

/** The suite with this number; throws `unsupported-cipher-suite` for any other. */
export function cipherSuite(id: number): CipherSuite {
  const found = cipherSuites.find((suite) => suite.id === id)
  if (found) return found
  throw fail(
    'unsupported-cipher-suite',
    `cipherSuite ${id} is none of ${cipherSuites.map((suite) => suite.id)}`,
  )
}
