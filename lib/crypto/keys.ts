import { invalidInput } from '../errors.js'
import { type Bytes, equalBytes, isBytes } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import { base64url, fromBase64url } from './base64url.js'
import type { Curve } from './curves.js'
import { decap, deserializePublicKey, encap, type KemKeyPair } from './kem.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'
import { generateKeyPair, importPublicKey } from './public-keys.js'
import { keySigner, signWithLabel, verifyWithLabel } from './signature.js'
import type { CipherSuite, KeyKind } from './suites.js'

/** A private key: raw bytes (an EC scalar, an OKP seed), PKCS#8, or a CryptoKey. */
export type PrivateKeyInput = Uint8Array | CryptoKey

/** An imported private key, and its bytes where they could be had. */
export interface PrivateKey {
  /** Not extractable. */
  readonly key: CryptoKey
  readonly raw: Bytes | undefined
}

/** Imports the own encryption key and proves that it belongs to the own leaf. */
export function importEncryptionPrivateKey(
  suite: CipherSuite,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<PrivateKey> {
  return usable('self.encryptionPrivateKey', suite.kem, async () => {
    const privateKey = await importPrivateKey(suite.kem, input, publicKey)
    await proveEncryptionKeyPair(suite, { privateKey: privateKey.key, publicKey })
    return privateKey
  })
}

/** Imports the own signature key and proves that it belongs to the own leaf. */
export function importSignaturePrivateKey(
  { signature: scheme }: CipherSuite,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<PrivateKey> {
  return usable('self.signaturePrivateKey', scheme, async () => {
    const privateKey = await importPrivateKey(scheme, input, publicKey)
    const verificationKey = await importPublicKey(scheme, publicKey)
    // A label of its own: this signature is no signature of any MLS structure.
    const content = bytes(publicKey)
    const proof = await signWithLabel(keySigner(scheme, privateKey.key), PROOF_LABEL, content)
    const proven = verifyWithLabel(scheme, verificationKey, PROOF_LABEL, content, proof)
    await proven.catch(() => Promise.reject(otherKey()))
    return privateKey
  })
}

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
async function usable<T>(
  name: string,
  { curve, privateUsage }: KeyKind,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    const forms = `${curve.privateKeyLength} bytes or PKCS#8 of ${curve.crv}, or a CryptoKey with the usage ${privateUsage}`
    throw invalidInput(`${name} must be the private key of the own leaf: ${forms}`, cause)
  }
}

async function importPrivateKey(
  kind: KeyKind,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<PrivateKey> {
  const raw = isBytes(input) ? rawPrivateKey(kind.curve, input) : await exportPrivateKey(kind, input)
  return isBytes(raw)
    ? { raw, key: await importRawPrivateKey(kind, raw, publicKey) }
    : { raw: undefined, key: raw }
}

/** As JWK, because every engine imports that; the public half is the own leaf's. */
export function importRawPrivateKey(
  { curve, algorithm, privateUsage }: KeyKind,
  raw: Bytes,
  publicKey: Bytes,
): Promise<CryptoKey> {
  const { crv, kty } = curve
  const jwk = { kty, crv, d: base64url(raw), ...publicJwk(curve, publicKey) }
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, [privateUsage])
}

function rawPrivateKey(curve: Curve, input: Uint8Array): Bytes {
  const key = new Uint8Array(input)
  return key.length === curve.privateKeyLength ? key : privateKeyFromPkcs8(key, curve)
}

/** The bytes of an extractable key, or the key itself. */
async function exportPrivateKey(kind: KeyKind, key: CryptoKey): Promise<Bytes | CryptoKey> {
  checkPrivateKey(kind, key)
  return key.extractable ? fromBase64url((await crypto.subtle.exportKey('jwk', key)).d ?? '') : key
}

/** Throws `invalid-input` unless `key` is a private key of this kind. */
export function checkPrivateKey({ curve, privateUsage }: KeyKind, key: CryptoKey): void {
  const { name, namedCurve }: KeyAlgorithm & { namedCurve?: string } = key.algorithm
  const isOfCurve = (namedCurve ?? name) === curve.crv
  if (isOfCurve && key.type === 'private' && isCryptoKey(key, name, [privateUsage])) return
  throw invalidInput(`a private key of ${curve.crv} with the usage ${privateUsage} is wanted`)
}

/** Whether `value` is a CryptoKey, of this realm or another, and not an object that was made in its image. */
export const isCryptoKey = (value: CryptoKey, algorithm: string, usages: KeyUsage[]): boolean =>
  Object.prototype.toString.call(value) === '[object CryptoKey]' &&
  value.algorithm.name === algorithm &&
  usages.every((usage) => value.usages.includes(usage))

function publicJwk({ kty, privateKeyLength: length }: Curve, raw: Bytes): JsonWebKey {
  if (kty === 'OKP') return { x: base64url(raw) }
  return { x: base64url(raw.subarray(1, 1 + length)), y: base64url(raw.subarray(1 + length)) }
}
