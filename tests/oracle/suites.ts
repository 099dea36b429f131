import { XWing } from '@hpke/hybridkem-x-wing'
import { MlKem768 } from '@hpke/ml-kem'
import { AeadId, CipherSuite, KdfId, KemId } from 'hpke-js'

export interface Suite {
  readonly kem: KemId
  readonly kdf: KdfId
  readonly aead: AeadId
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** Lengths in bytes. */
  readonly nh: number
  readonly nk: number
  readonly nn: number
  /** Undefined for X25519 and Ed25519; the curve of both ECDH and ECDSA otherwise. */
  readonly curve?: Curve
  /** hpke-js's implementation, where it does not make it of the id. */
  readonly postQuantumKem?: XWing | MlKem768
}

export interface Curve {
  readonly name: 'P-256' | 'P-384' | 'P-521'
  /** Length of a coordinate and of a scalar, in bytes. */
  readonly size: number
}

const sha256 = { kdf: KdfId.HkdfSha256, hash: 'SHA-256', nh: 32 } as const
const sha384 = { kdf: KdfId.HkdfSha384, hash: 'SHA-384', nh: 48 } as const
const sha512 = { kdf: KdfId.HkdfSha512, hash: 'SHA-512', nh: 64 } as const
const aes128 = { aead: AeadId.Aes128Gcm, nk: 16, nn: 12 }
const aes256 = { aead: AeadId.Aes256Gcm, nk: 32, nn: 12 }
const chacha = { aead: AeadId.Chacha20Poly1305, nk: 32, nn: 12 }

/**
 * RFC 9420 17.1, without the X448 suites; and, under numbers for private use, two of draft-ietf-mls-pq-ciphersuites-06,
 * with X-Wing and with ML-KEM-768. Their signatures are Ed25519.
 */
const suites: ReadonlyMap<number, Suite> = new Map<number, Suite>([
  [1, { kem: KemId.DhkemX25519HkdfSha256, ...sha256, ...aes128 }],
  [2, { kem: KemId.DhkemP256HkdfSha256, ...sha256, ...aes128, curve: { name: 'P-256', size: 32 } }],
  [3, { kem: KemId.DhkemX25519HkdfSha256, ...sha256, ...chacha }],
  [5, { kem: KemId.DhkemP521HkdfSha512, ...sha512, ...aes256, curve: { name: 'P-521', size: 66 } }],
  [7, { kem: KemId.DhkemP384HkdfSha384, ...sha384, ...aes256, curve: { name: 'P-384', size: 48 } }],
  [0xf101, { kem: KemId.XWing, ...sha256, ...aes128, postQuantumKem: new XWing() }],
  [0xf106, { kem: KemId.MlKem768, ...sha384, ...aes256, postQuantumKem: new MlKem768() }],
])

export function suiteOf(cipherSuite: number): Suite {
  const suite = suites.get(cipherSuite)
  if (suite === undefined) throw new Error(`cipher suite ${cipherSuite} is unknown to the oracle`)
  return suite
}

export function hpkeOf({ kem, kdf, aead, postQuantumKem }: Suite): CipherSuite {
  return new CipherSuite({ kem: postQuantumKem ?? kem, kdf, aead })
}
