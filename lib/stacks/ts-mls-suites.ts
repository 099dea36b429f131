import type { Aead } from '../crypto/aead.js'
import type { Kem } from '../crypto/kem/kem.js'
import type { SignatureScheme } from '../crypto/signature/scheme.js'
import type { CipherSuiteDescription } from '../crypto/suites.js'
import { fail } from '../errors.js'

/** The parts of a suite that is not built in. */
export interface TsMlsSuiteParts {
  /** From `mls-targeted-messages/post-quantum` or `mls-targeted-messages/hpke-js`. */
  readonly kem?: Kem | undefined
  /** For ChaCha20-Poly1305 where SubtleCrypto lacks it: `hpkeAead` of `mls-targeted-messages/hpke-js`. */
  readonly aead?: Aead | undefined
  /** For ML-DSA-87: `mldsa87`, or a plug-in for it. ts-mls's private keys have the form of `@noble/post-quantum`. */
  readonly signature?: SignatureScheme | undefined
}

/** The suites of RFC 9420 section 17.1 by the names that ts-mls 1.x gives them. */
const builtIn: Record<string, number> = {
  MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519: 1,
  MLS_128_DHKEMP256_AES128GCM_SHA256_P256: 2,
  MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519: 3,
  MLS_256_DHKEMP521_AES256GCM_SHA512_P521: 5,
  MLS_256_DHKEMP384_AES256GCM_SHA384_P384: 7,
}

const postQuantum = 'mls-targeted-messages/post-quantum'
const hpkeJs = 'mls-targeted-messages/hpke-js'
const either = `${postQuantum} or ${hpkeJs}`

/** By RFC 9180 section 7.1, and where to find it. */
interface RowKem {
  readonly id: number
  readonly name: string
  readonly entry: string
}

const x448: RowKem = { id: 0x21, name: 'X448', entry: hpkeJs }
const mlkem512: RowKem = { id: 0x40, name: 'ML-KEM-512', entry: hpkeJs }
const mlkem768: RowKem = { id: 0x41, name: 'ML-KEM-768', entry: either }
const mlkem1024: RowKem = { id: 0x42, name: 'ML-KEM-1024', entry: either }
const xWing: RowKem = { id: 0x647a, name: 'X-Wing', entry: either }

/** Its numbers in 1.x and in 2.0, its name in 1.x, KEM, hash, AEAD and signature. */
type Row = readonly [
  number,
  number,
  string,
  RowKem,
  CipherSuiteDescription['hash'],
  keyof typeof aeadIds,
  'Ed25519' | 'Ed448' | 'ML-DSA-87',
]

/**
 * The other suites as ts-mls really runs them: the KDF is always HKDF-SHA512, and AES has 256 bits even if the name says 128.
 */
// biome-ignore format: a table
const others: readonly Row[] = [
  [77, 0xf007, 'MLS_128_MLKEM512_AES128GCM_SHA256_Ed25519', mlkem512, 'SHA-256', 'AES-256-GCM', 'Ed25519'],
  [78, 0xf008, 'MLS_128_MLKEM512_CHACHA20POLY1305_SHA256_Ed25519', mlkem512, 'SHA-256', 'ChaCha20-Poly1305', 'Ed25519'],
  [79, 0xf009, 'MLS_256_MLKEM768_AES256GCM_SHA384_Ed25519', mlkem768, 'SHA-384', 'AES-256-GCM', 'Ed25519'],
  [80, 0xf00a, 'MLS_256_MLKEM768_CHACHA20POLY1305_SHA384_Ed25519', mlkem768, 'SHA-384', 'ChaCha20-Poly1305', 'Ed25519'],
  [81, 0xf00b, 'MLS_256_MLKEM1024_AES256GCM_SHA512_Ed25519', mlkem1024, 'SHA-512', 'AES-256-GCM', 'Ed25519'],
  [82, 0xf00c, 'MLS_256_MLKEM1024_CHACHA20POLY1305_SHA512_Ed25519', mlkem1024, 'SHA-512', 'ChaCha20-Poly1305', 'Ed25519'],
  [83, 0xf00d, 'MLS_256_XWING_AES256GCM_SHA512_Ed25519', xWing, 'SHA-512', 'AES-256-GCM', 'Ed25519'],
  [84, 0xf00e, 'MLS_256_XWING_CHACHA20POLY1305_SHA512_Ed25519', xWing, 'SHA-512', 'ChaCha20-Poly1305', 'Ed25519'],
  [85, 0xf00f, 'MLS_256_MLKEM1024_AES256GCM_SHA512_MLDSA87', mlkem1024, 'SHA-512', 'AES-256-GCM', 'ML-DSA-87'],
  [86, 0xf010, 'MLS_256_MLKEM1024_CHACHA20POLY1305_SHA512_MLDSA87', mlkem1024, 'SHA-512', 'ChaCha20-Poly1305', 'ML-DSA-87'],
  [87, 0xf011, 'MLS_256_XWING_AES256GCM_SHA512_MLDSA87', xWing, 'SHA-512', 'AES-256-GCM', 'ML-DSA-87'],
  [88, 0xf012, 'MLS_256_XWING_CHACHA20POLY1305_SHA512_MLDSA87', xWing, 'SHA-512', 'ChaCha20-Poly1305', 'ML-DSA-87'],
  [4, 4, 'MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448', x448, 'SHA-512', 'AES-256-GCM', 'Ed448'],
  [6, 6, 'MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448', x448, 'SHA-512', 'ChaCha20-Poly1305', 'Ed448'],
]

/**
 * The suite of a GroupContext, which 1.x names and 2.0 numbers: RFC 9420's number, or a description. Throws
 * `unsupported-cipher-suite` for an unknown suite, and if its `kem` or `signature` is not given.
 */
export function suiteOf(
  nameOrNumber: string | number,
  { kem, aead: plugIn, signature }: TsMlsSuiteParts,
): number | CipherSuiteDescription {
  for (const [name, number] of Object.entries(builtIn)) {
    if (nameOrNumber === name || nameOrNumber === number) return number
  }
  for (const [number1, number2, name, wanted, hash, aead, scheme] of others) {
    if (nameOrNumber !== name && nameOrNumber !== number2) continue
    if (kem?.id !== wanted.id) {
      throw unsupported(
        `${name} needs the kem ${wanted.name} (0x${wanted.id.toString(16)}), from ${wanted.entry}`,
      )
    }
    const id = nameOrNumber === name ? number1 : number2
    const suite = { id, kem, kdf: 'HKDF-SHA512', hash, aead: aeadOf(aead, plugIn) } as const
    if (scheme !== 'ML-DSA-87') return { ...suite, signature: scheme }
    if (signature?.name !== scheme) {
      throw unsupported(`${name} needs the signature ${scheme}, from ${postQuantum}`)
    }
    return { ...suite, signature }
  }
  throw unsupported(`this library does not know cipher suite ${nameOrNumber} of ts-mls`)
}

const unsupported = (message: string) => fail('unsupported-cipher-suite', message)

const aeadOf = (name: keyof typeof aeadIds, plugIn: Aead | undefined) =>
  plugIn?.id === aeadIds[name] ? plugIn : name

/** RFC 9180 section 7.3. */
const aeadIds = { 'AES-256-GCM': 2, 'ChaCha20-Poly1305': 3 }
