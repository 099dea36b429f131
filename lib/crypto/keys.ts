import { invalidInput } from '../errors.js'
import { type Bytes, equalBytes, isBytes } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import { base64url, fromBase64url } from './base64url.js'
import type { Curve } from './curves.js'
import { decap, deserializePublicKey, encap, type KemKeyPair } from './kem.js'
import { importKey, isOfForm, type KeyForm } from './key-form.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'
import { generateKeyPair, importPublicKey } from './public-keys.js'
import { keySigner, signWithLabel, verifyWithLabel } from './signature.js'
import type { CipherSuite, KeyKind } from './suites.js'

/** A private key: raw bytes (an EC scalar, an OKP seed), PKCS#8, or a CryptoKey. */
export type PrivateKeyInput = Uint8Array | CryptoKey

/** An imported private key, and its bytes where they could be had. */
export interface PrivateKey {
  /** Not extractable, unless it was given so. */
  readonly key: CryptoKey
  /** In the form of {@link privateKeyForm}; to be wiped. */
  readonly bytes: Bytes | undefined
}

/** Imports the own encryption key and proves that it belongs to the own leaf. */
export const importEncryptionPrivateKey = (
  suite: CipherSuite,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<PrivateKey> =>
  importPrivateKey('self.encryptionPrivateKey', suite.kem, { input, publicKey }, (privateKey) =>
    proveEncryptionKeyPair(suite, { privateKey, publicKey }),
  )

/** Imports the own signature key and proves that it belongs to the own leaf. */
export const importSignaturePrivateKey = (
  { signature: scheme }: CipherSuite,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<PrivateKey> =>
  importPrivateKey('self.signaturePrivateKey', scheme, { input, publicKey }, async (privateKey) => {
    const verificationKey = await importPublicKey(scheme, publicKey)
    // A label of its own: this signature is no signature of any MLS structure.
    const content = bytes(publicKey)
    const proof = await signWithLabel(keySigner(scheme, privateKey), PROOF_LABEL, content)
    const proven = verifyWithLabel(scheme, verificationKey, PROOF_LABEL, content, proof)
    await proven.catch(() => Promise.reject(otherKey()))
  })

const PROOF_LABEL = 'TargetedMessageKeyProof'

/** Throws `invalid-input` unless both halves belong together. */
export async function proveEncryptionKeyPair(suite: CipherSuite, keyPair: KemKeyPair): Promise<void> {
  const recipient = await deserializePublicKey(suite, keyPair.publicKey)
  const { kemOutput, sharedSecret } = await encap(suite, await generateKeyPair(suite.kem), recipient)
  const [sent, received] = await Promise.all([
    sharedSecret,
    deserializePublicKey(suite, kemOutput).then((ephemeral) => decap(suite, keyPair, ephemeral)),
  ])
  if (!equalBytes(sent, received)) throw otherKey()
}

/** Two engines import an EC private key with somebody else's public half, hence the proofs. */
const otherKey = () => invalidInput('the private key does not belong to the public key in the own leaf')

/** Says what is wanted, whatever it was that went wrong: that is the cause. */
async function importPrivateKey(
  name: string,
  kind: KeyKind,
  { input, publicKey }: { input: PrivateKeyInput; publicKey: Bytes },
  prove: (key: CryptoKey) => Promise<void>,
): Promise<PrivateKey> {
  let jwk: Bytes | undefined
  try {
    const given = isBytes(input) ? rawPrivateKey(kind.curve, input) : await exportPrivateKey(kind, input)
    let key: CryptoKey
    if (isBytes(given)) {
      jwk = privateJwk(kind.curve, given, publicKey)
      key = await importKey(privateKeyForm(kind), jwk)
    } else key = given
    await prove(key)
    return { key, bytes: jwk }
  } catch (cause) {
    jwk?.fill(0)
    const { curve, privateUsage } = kind
    const forms = `${curve.privateKeyLength} bytes or PKCS#8 of ${curve.crv}, or a CryptoKey with the usage ${privateUsage}`
    throw invalidInput(`${name} must be the private key of the own leaf: ${forms}`, cause)
  }
}

/** As JWK, because every engine imports that; the public half is the own leaf's. */
export const privateKeyForm = ({ algorithm, privateUsage }: KeyKind): KeyForm => ({
  format: 'jwk',
  algorithm,
  usages: [privateUsage],
})

/** The JSON of a JWK, to be imported with {@link privateKeyForm}. Wipes `raw`. */
export function privateJwk(curve: Curve, raw: Bytes, publicKey: Bytes): Bytes {
  const { kty, crv } = curve
  const jwk = { kty, crv, d: base64url(raw), ...publicJwk(curve, publicKey) }
  raw.fill(0)
  return new TextEncoder().encode(JSON.stringify(jwk))
}

function rawPrivateKey(curve: Curve, input: Uint8Array): Bytes {
  const key = new Uint8Array(input)
  return key.length === curve.privateKeyLength ? key : privateKeyFromPkcs8(key, curve)
}

/** The bytes of an extractable key, or the key itself. */
async function exportPrivateKey(kind: KeyKind, key: CryptoKey): Promise<Bytes | CryptoKey> {
  if (!isOfForm(key, privateKeyForm(kind))) {
    throw invalidInput(`a private key of ${kind.curve.crv} with the usage ${kind.privateUsage} is wanted`)
  }
  return key.extractable ? fromBase64url((await crypto.subtle.exportKey('jwk', key)).d ?? '') : key
}

function publicJwk({ kty, privateKeyLength: length }: Curve, raw: Bytes): JsonWebKey {
  if (kty === 'OKP') return { x: base64url(raw) }
  return { x: base64url(raw.subarray(1, 1 + length)), y: base64url(raw.subarray(1 + length)) }
}
