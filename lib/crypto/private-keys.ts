import { invalidInput } from '../errors.js'
import { type Bytes, equalBytes, isBytes } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import { deserializePublicKey, type Kem, type KemKeyPair } from './kem/kem.js'
import { importKey, isOfForm } from './key-form.js'
import type { KeyKind } from './key-kind.js'
import { keySigner, signWithLabel, verifyWithLabel } from './signature/signature.js'
import type { CipherSuite } from './suites.js'

/**
 * A private key: raw bytes (an EC scalar, an OKP seed, the seed of ML-KEM or ML-DSA), PKCS#8 of a curve's key, or a
 * CryptoKey.
 */
export type PrivateKeyInput = Uint8Array | CryptoKey

/** An imported private key, and its bytes if they are available. */
export interface PrivateKey {
  /** Not extractable, unless it was given so. */
  readonly key: CryptoKey
  /** In the form of its kind; to be overwritten after use. */
  readonly bytes: Bytes | undefined
}

/** Imports the own encryption key and proves that it belongs to the own leaf. Overwrites bytes that it is given. */
export const importEncryptionPrivateKey = (
  { kem }: CipherSuite,
  input: Bytes | CryptoKey,
  publicKey: Bytes,
): Promise<PrivateKey> =>
  importPrivateKey('self.encryptionPrivateKey', kem, { input, publicKey }, (privateKey) =>
    proveEncryptionKeyPair(kem, { privateKey, publicKey }),
  )

/** Imports the own signature key and proves that it belongs to the own leaf. Overwrites bytes that it is given. */
export const importSignaturePrivateKey = (
  { signature: scheme }: CipherSuite,
  input: Bytes | CryptoKey,
  publicKey: Bytes,
): Promise<PrivateKey> =>
  importPrivateKey('self.signaturePrivateKey', scheme, { input, publicKey }, async (privateKey) => {
    const verificationKey = await scheme.importPublicKey(publicKey)
    // A label of its own, so that this signature fits no MLS structure.
    const content = bytes(publicKey)
    const proof = await signWithLabel(keySigner(scheme, privateKey), PROOF_LABEL, content)
    const proven = verifyWithLabel(scheme, verificationKey, PROOF_LABEL, content, proof)
    await proven.catch(() => Promise.reject(otherKey()))
  })

const PROOF_LABEL = 'TargetedMessageKeyProof'

/** Throws `invalid-input` unless both halves belong together. */
export async function proveEncryptionKeyPair(kem: Kem, keyPair: KemKeyPair): Promise<void> {
  const { kemOutput, sharedSecret } = await kem.encap(deserializePublicKey(kem, keyPair.publicKey))
  const [sent, received] = await Promise.all([
    sharedSecret,
    kem.decap(keyPair, kemOutput).then((decapsulation) => decapsulation.sharedSecret),
  ])
  if (!equalBytes(sent, received)) throw otherKey()
}

/** Two engines import an EC private key with the public half of another key, hence the proofs. */
const otherKey = () => invalidInput('the private key does not belong to the public key in the own leaf')

/** Every error says what is needed; what went wrong is its cause. */
async function importPrivateKey(
  name: string,
  kind: KeyKind,
  { input, publicKey }: { input: Bytes | CryptoKey; publicKey: Bytes },
  prove: (key: CryptoKey) => Promise<void>,
): Promise<PrivateKey> {
  let imported: Bytes | undefined
  try {
    if (!isBytes(input) && !isOfForm(input, kind.privateKeyForm)) {
      throw invalidInput(`this is not a ${kind.name} key`)
    }
    let key: CryptoKey
    if (isBytes(input) || input.extractable) {
      imported = await kind.privateKeyBytes(input, publicKey)
      key = await importKey(kind.privateKeyForm, imported)
    } else key = input
    await prove(key)
    return { key, bytes: imported }
  } catch (cause) {
    imported?.fill(0)
    throw invalidInput(`${name} must be the private key of the own leaf: ${kind.privateKeyInput}`, cause)
  }
}
