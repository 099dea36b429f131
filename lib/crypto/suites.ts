import {
  DhkemP256HkdfSha256,
  DhkemP384HkdfSha384,
  DhkemP521HkdfSha512,
  DhkemX448HkdfSha512,
  DhkemX25519HkdfSha256,
} from '@hpke/core'
import { TargetedMessageError } from '../errors.js'
import { type Curve, curves } from './curves.js'

/** An MLS cipher suite (RFC 9420 section 17.1) in the terms of RFC 9180 and SubtleCrypto. Lengths in bytes. */
export interface CipherSuite {
  readonly id: number
  readonly kem: Kem
  readonly kdf: Kdf
  readonly aead: Aead
  readonly signature: SignatureScheme
}

export interface Kem {
  /** RFC 9180 section 7.1. */
  readonly id: number
  readonly curve: Curve
  /** What SubtleCrypto imports and generates. */
  readonly algorithm: EcKeyImportParams | { readonly name: string }
  /** hpke-js's DHKEM (RFC 9180 section 4.1). */
  readonly dhkem: Dhkem
}

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
  /** Only AES keys have the older format name `raw`. */
  readonly keyFormat: 'raw' | 'raw-secret'
  readonly Nk: number
}

export interface SignatureScheme {
  readonly curve: Curve
  /** What SubtleCrypto imports, signs and verifies with. */
  readonly algorithm: (EcKeyImportParams & EcdsaParams) | { readonly name: string }
}

type Dhkem = Pick<DhkemP256HkdfSha256, 'encap' | 'decap'>

/** All suites' AEADs have nonces of 12 bytes (RFC 9180 section 7.3). */
export const Nn = 12

const kdfs = {
  sha256: { id: 1, hash: 'SHA-256', Nh: 32 },
  sha384: { id: 2, hash: 'SHA-384', Nh: 48 },
  sha512: { id: 3, hash: 'SHA-512', Nh: 64 },
}

const aeads = {
  aes128: { id: 1, name: 'AES-GCM', keyFormat: 'raw', Nk: 16 },
  aes256: { id: 2, name: 'AES-GCM', keyFormat: 'raw', Nk: 32 },
  chacha: { id: 3, name: 'ChaCha20-Poly1305', keyFormat: 'raw-secret', Nk: 32 },
} as const

const ecdh = (id: number, curve: Curve, dhkem: Dhkem): Kem => ({
  id,
  curve,
  algorithm: curve.kty === 'EC' ? { name: 'ECDH', namedCurve: curve.crv } : { name: curve.crv },
  dhkem,
})

const ecdsa = (curve: Curve, hash: string): SignatureScheme => ({
  curve,
  algorithm: { name: 'ECDSA', namedCurve: curve.crv, hash },
})

const eddsa = (curve: Curve): SignatureScheme => ({ curve, algorithm: { name: curve.crv } })

const { sha256, sha384, sha512 } = kdfs
const { aes128, aes256, chacha } = aeads

const x25519 = () => ecdh(0x20, curves.X25519, new DhkemX25519HkdfSha256())
const x448 = () => ecdh(0x21, curves.X448, new DhkemX448HkdfSha512())
const p256 = () => ecdh(0x10, curves['P-256'], new DhkemP256HkdfSha256())
const p384 = () => ecdh(0x11, curves['P-384'], new DhkemP384HkdfSha384())
const p521 = () => ecdh(0x12, curves['P-521'], new DhkemP521HkdfSha512())

const table: Record<number, () => Omit<CipherSuite, 'id'>> = {
  1: () => ({ kem: x25519(), kdf: sha256, aead: aes128, signature: eddsa(curves.Ed25519) }),
  2: () => ({ kem: p256(), kdf: sha256, aead: aes128, signature: ecdsa(curves['P-256'], 'SHA-256') }),
  3: () => ({ kem: x25519(), kdf: sha256, aead: chacha, signature: eddsa(curves.Ed25519) }),
  4: () => ({ kem: x448(), kdf: sha512, aead: aes256, signature: eddsa(curves.Ed448) }),
  5: () => ({ kem: p521(), kdf: sha512, aead: aes256, signature: ecdsa(curves['P-521'], 'SHA-512') }),
  6: () => ({ kem: x448(), kdf: sha512, aead: chacha, signature: eddsa(curves.Ed448) }),
  7: () => ({ kem: p384(), kdf: sha384, aead: aes256, signature: ecdsa(curves['P-384'], 'SHA-384') }),
}

/** The suites of RFC 9420 section 17.1, whether or not this engine runs them. */
export const cipherSuiteIds: readonly number[] = Object.keys(table).map(Number)

const made = new Map<number, CipherSuite>()

/** The suite with this number; throws `unsupported-cipher-suite` for a number RFC 9420 does not name. */
export function cipherSuite(id: number): CipherSuite {
  const known = made.get(id)
  if (known) return known
  const make = Object.hasOwn(table, id) ? table[id] : undefined
  if (!make) {
    const numbers = cipherSuiteIds.join(', ')
    throw new TargetedMessageError('unsupported-cipher-suite', `cipherSuite ${id} is none of ${numbers}`)
  }
  const suite = { id, ...make() }
  made.set(id, suite)
  return suite
}
