import { checkInteger } from '../check-argument.js'
import { fail, invalidInput } from '../errors.js'
import { type Aead, aes128, aes256, chacha20, type NativeAead } from './aead.js'
import { ed448, ed25519, p256, p384, p521, x25519 } from './curves.js'
import { type Dhkem, dhkem } from './kem/dhkem.js'
import type { Kem } from './kem/kem.js'
import { type CurveSignature, curveSignature } from './signature/curve-signature.js'
import type { SignatureScheme } from './signature/scheme.js'

/** A cipher suite (RFC 9420 section 5.1) by its parts. */
export interface CipherSuiteDescription<K extends Kem = Kem> {
  /** uint16: the `cipher_suite` of the GroupContext. */
  readonly id: number
  /** From `mls-targeted-messages/post-quantum` or `mls-targeted-messages/hpke-js`. */
  readonly kem: K
  /** RFC 9180 section 7.2; MLS derives its secrets with it too. */
  readonly kdf: 'HKDF-SHA256' | 'HKDF-SHA384' | 'HKDF-SHA512'
  /** The hash of MLS; in some suites it is not that of the KDF. */
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** RFC 9180 section 7.3, or one from `mls-targeted-messages/hpke-js`. */
  readonly aead: 'AES-128-GCM' | 'AES-256-GCM' | 'ChaCha20-Poly1305' | Aead
  /** A scheme of RFC 9420 by the name of its curve, or one from `mls-targeted-messages/post-quantum`. */
  readonly signature: 'Ed25519' | 'Ed448' | 'P-256' | 'P-384' | 'P-521' | SignatureScheme
}

/** The same in the terms of RFC 9180 and SubtleCrypto. Lengths in bytes. */
export interface CipherSuite<
  K extends Kem = Kem,
  S extends SignatureScheme = SignatureScheme,
  A extends Aead = Aead,
> {
  readonly id: number
  readonly kem: K
  readonly kdf: Kdf
  readonly hash: string
  readonly aead: A
  readonly signature: S
}

/** A built-in suite of RFC 9420. */
export type Rfc9420Suite = CipherSuite<Dhkem, CurveSignature, NativeAead>

export interface Kdf {
  /** RFC 9180 section 7.2. */
  readonly id: number
  readonly hash: string
  readonly Nh: number
}

/** All suites' AEADs have nonces of 12 bytes (RFC 9180 section 7.3). */
export const Nn = 12

const sha256: Kdf = { id: 1, hash: 'SHA-256', Nh: 32 }
const sha384: Kdf = { id: 2, hash: 'SHA-384', Nh: 48 }
const sha512: Kdf = { id: 3, hash: 'SHA-512', Nh: 64 }

const kdfs = { 'HKDF-SHA256': sha256, 'HKDF-SHA384': sha384, 'HKDF-SHA512': sha512 }

const aeads = { 'AES-128-GCM': aes128, 'AES-256-GCM': aes256, 'ChaCha20-Poly1305': chacha20 }

const dhkemX25519 = /* @__PURE__ */ dhkem(0x20, x25519, sha256)
const dhkemP256 = /* @__PURE__ */ dhkem(0x10, p256, sha256)
const dhkemP384 = /* @__PURE__ */ dhkem(0x11, p384, sha384)
const dhkemP521 = /* @__PURE__ */ dhkem(0x12, p521, sha512)

const eddsa25519 = /* @__PURE__ */ curveSignature(ed25519)
const eddsa448 = /* @__PURE__ */ curveSignature(ed448)
const ecdsaP256 = /* @__PURE__ */ curveSignature(p256)
const ecdsaP384 = /* @__PURE__ */ curveSignature(p384)
const ecdsaP521 = /* @__PURE__ */ curveSignature(p521)

const signatures = [eddsa25519, eddsa448, ecdsaP256, ecdsaP384, ecdsaP521]

/** These suites have the KDF and the hash of their KEM. */
const row = (id: number, kem: Dhkem, signature: CurveSignature, aead: NativeAead) => ({
  id,
  kem,
  kdf: kem.kdf,
  hash: kem.kdf.hash,
  aead,
  signature,
})

/** The suites of RFC 9420 section 17.1 that are built in, whether or not this engine runs them. */
export const cipherSuites: readonly Rfc9420Suite[] = [
  /* @__PURE__ */ row(1, dhkemX25519, eddsa25519, aes128),
  /* @__PURE__ */ row(2, dhkemP256, ecdsaP256, aes128),
  /* @__PURE__ */ row(3, dhkemX25519, eddsa25519, chacha20),
  /* @__PURE__ */ row(5, dhkemP521, ecdsaP521, aes256),
  /* @__PURE__ */ row(7, dhkemP384, ecdsaP384, aes256),
]

/** Throws `unsupported-cipher-suite` for a number that is not built in. */
export function cipherSuite(suite: number): Rfc9420Suite
export function cipherSuite(suite: number | CipherSuiteDescription): CipherSuite
export function cipherSuite(suite: number | CipherSuiteDescription): CipherSuite {
  return typeof suite === 'object' && suite ? described(suite) : cipherSuiteOf(suite, [])
}

/** The suite with this number: built in, or described. Throws `unsupported-cipher-suite`, and says what to do. */
export function cipherSuiteOf(id: number, descriptions: Iterable<CipherSuiteDescription>): CipherSuite {
  const found = builtIn(id)
  if (found) return found
  for (const description of descriptions) if (description.id === id) return described(description)
  throw fail(
    'unsupported-cipher-suite',
    `cipher suite ${id} is not built in: see mls-targeted-messages/post-quantum`,
  )
}

const builtIn = (id: number) => cipherSuites.find((suite) => suite.id === id)

/**
 * Throws `invalid-input` for an id that is not a uint16 or is built in, and where a part is missing or unknown: not
 * everybody calls `cipherSuite` of `mls-targeted-messages/post-quantum`.
 */
function described({ id, kem, kdf, hash, aead, signature }: CipherSuiteDescription): CipherSuite {
  if (builtIn(checkInteger(id, 'id of cipherSuite', 0, 0xffff))) {
    throw invalidInput(`cipher suite ${id} is built in: pass the number`)
  }
  const cipher = typeof aead === 'string' ? aeads[aead] : aead
  const scheme = typeof signature === 'string' ? signatures.find(({ name }) => name === signature) : signature
  // Something of each is asked for, because a name may be one of Object.prototype.
  if (
    kem?.privateKeyForm &&
    scheme?.privateKeyForm &&
    cipher?.Nk &&
    kdfs[kdf]?.Nh &&
    ['SHA-256', 'SHA-384', 'SHA-512'].includes(hash)
  ) {
    return { id, kem, kdf: kdfs[kdf], hash, aead: cipher, signature: scheme }
  }
  throw invalidInput('a part of cipherSuite is missing or unknown: see mls-targeted-messages/post-quantum')
}
