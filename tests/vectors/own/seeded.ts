import { createHash } from 'node:crypto'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { XWing } from '@noble/post-quantum/hybrid.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import type { OracleKeyPair } from '../../oracle/oracle.js'

type Bytes = Uint8Array<ArrayBuffer>

/** The same bytes whenever the same is asked for: nobody's secrets. */
export const seededBytes = (seed: string, length: number): Bytes =>
  Uint8Array.from(
    createHash('shake256', { outputLength: length }).update(`mls-targeted-messages, ${seed}`).digest(),
  )

/** Keys and signatures without an engine, and without randomness. */
export interface SeededSuite {
  encryptionKeyPair(seed: string): OracleKeyPair
  /** What is encapsulated with: a key pair, or the randomness of a post-quantum KEM as a private key. */
  ephemeral(seed: string): OracleKeyPair
  signatureKeyPair(seed: string): OracleKeyPair
  /** As MLS writes it: DER for ECDSA, the raw bytes for Ed25519. */
  sign(signContent: Uint8Array, privateKey: Uint8Array): Uint8Array
}

/** Of the curves of @noble/curves, what is used here. */
interface Curve {
  readonly lengths: { readonly seed?: number | undefined }
  readonly utils: { randomSecretKey(seed: Uint8Array): Uint8Array }
  getPublicKey(privateKey: Uint8Array, isCompressed: false): Uint8Array
}

const keyPair =
  (curve: Curve) =>
  (seed: string): OracleKeyPair => {
    const privateKey = curve.utils.randomSecretKey(seededBytes(seed, curve.lengths.seed ?? 0))
    return { privateKey, publicKey: curve.getPublicKey(privateKey, false) }
  }

const edwards: SeededSuite = {
  encryptionKeyPair: keyPair(x25519),
  ephemeral: keyPair(x25519),
  signatureKeyPair: keyPair(ed25519),
  sign: (signContent, privateKey) => ed25519.sign(signContent, privateKey),
}

/** ECDSA as RFC 6979 makes it deterministic; low s, as noble would have it, is no matter of MLS. */
const weierstrass = (curve: typeof p256): SeededSuite => ({
  encryptionKeyPair: keyPair(curve),
  ephemeral: keyPair(curve),
  signatureKeyPair: keyPair(curve),
  sign: (signContent, privateKey) => curve.sign(signContent, privateKey, { format: 'der', lowS: false }),
})

/** Of the KEMs of @noble/post-quantum, what is used here. Lengths in bytes. */
interface PostQuantumKem {
  readonly lengths: { readonly seed?: number; readonly msgRand?: number }
  keygen(seed: Uint8Array): { readonly publicKey: Uint8Array }
}

/** The private key is the seed. */
const postQuantum = ({ lengths, keygen }: PostQuantumKem): SeededSuite => ({
  ...edwards,
  encryptionKeyPair: (seed) => {
    const privateKey = seededBytes(seed, lengths.seed ?? 0)
    return { privateKey, publicKey: keygen(privateKey).publicKey }
  },
  ephemeral: (seed) => ({
    privateKey: seededBytes(seed, lengths.msgRand ?? 0),
    publicKey: new Uint8Array(),
  }),
})

const suites: ReadonlyMap<number, SeededSuite> = new Map([
  [1, edwards],
  [2, weierstrass(p256)],
  [3, edwards],
  [5, weierstrass(p521)],
  [7, weierstrass(p384)],
  [0xf101, postQuantum(XWing)],
  [0xf106, postQuantum(ml_kem768)],
])

export function seededSuite(cipherSuite: number): SeededSuite {
  const suite = suites.get(cipherSuite)
  if (suite === undefined) throw new Error(`cipher suite ${cipherSuite} has no vectors`)
  return suite
}
