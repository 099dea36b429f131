import { attempt, invalidInput } from '../errors.js'
import { type Bytes, equalBytes, isBytes } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import type { Curve } from './curves.js'
import { decap, encap, generateEphemeral, type KemKeyPair } from './kem.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'
import { importPublicKey } from './public-keys.js'
import { keySigner, type Signer, signWithLabel, verifyWithLabel } from './signature.js'
import type { CipherSuite, KeyKind } from './suites.js'

/** A private key: raw bytes (an EC scalar, an OKP seed), PKCS#8, or a CryptoKey. */
export type PrivateKeyInput = Uint8Array | CryptoKey

/** Imports the own encryption key, non-extractable, and proves that it belongs to the own leaf. */
export function importEncryptionKeyPair(
  suite: CipherSuite,
  input: PrivateKeyInput,
  raw: Bytes,
): Promise<KemKeyPair> {
  return attempt('invalid-input', 'self.encryptionPrivateKey cannot be used', async () => {
    const { key, privateKey } = await importKeyPair(suite.kem, input, raw)
    const keyPair = { privateKey, publicKey: raw }
    const ephemeral = await generateEphemeral(suite)
    const [sent, received] = await Promise.all([
      encap(suite, ephemeral, { key, raw }),
      decap(suite, keyPair, ephemeral.publicKey),
    ])
    if (!equalBytes(sent, received)) throw otherKey()
    return keyPair
  })
}

/** Imports the own signature key, non-extractable, and proves that it belongs to the own leaf. */
export function importSigner(scheme: KeyKind, input: PrivateKeyInput, raw: Bytes): Promise<Signer> {
  return attempt('invalid-input', 'self.signaturePrivateKey cannot be used', async () => {
    const { key, privateKey } = await importKeyPair(scheme, input, raw)
    const signer = keySigner(scheme, privateKey)
    // A label of its own: this signature is no signature of any MLS structure.
    const proof = await signWithLabel(signer, 'TargetedMessageKeyProof', bytes(raw))
    const proven = verifyWithLabel(scheme, key, 'TargetedMessageKeyProof', bytes(raw), proof)
    await proven.catch(() => Promise.reject(otherKey()))
    return signer
  })
}

/** Two engines import an EC private key with somebody else's public half, hence the proofs. */
const otherKey = () => invalidInput('the private key does not belong to the public key in the own leaf')

async function importKeyPair(kind: KeyKind, input: PrivateKeyInput, raw: Bytes) {
  const [key, privateKey] = await Promise.all([
    importPublicKey(kind, raw),
    importPrivateKey(kind, input, raw),
  ])
  return { key, privateKey }
}

async function importPrivateKey(
  { curve, algorithm, privateUsage }: KeyKind,
  input: PrivateKeyInput,
  publicKey: Bytes,
): Promise<CryptoKey> {
  const { crv, kty } = curve
  let d: string
  if (isBytes(input)) {
    const key = new Uint8Array(input)
    d = base64url(key.length === curve.privateKeyLength ? key : privateKeyFromPkcs8(key, curve))
  } else {
    const { name, namedCurve }: KeyAlgorithm & { namedCurve?: string } = input.algorithm
    if ((namedCurve ?? name) !== crv || input.type !== 'private' || !input.usages.includes(privateUsage)) {
      throw invalidInput(`a private key of ${crv} with the usage ${privateUsage} is wanted`)
    }
    if (!input.extractable) return input
    d = (await crypto.subtle.exportKey('jwk', input)).d ?? ''
  }
  // As JWK, because every engine imports that; the public half is the own leaf's.
  const jwk = { kty, crv, d, ...publicJwk(curve, publicKey) }
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, [privateUsage])
}

function publicJwk({ kty, privateKeyLength: length }: Curve, raw: Bytes): JsonWebKey {
  if (kty === 'OKP') return { x: base64url(raw) }
  return { x: base64url(raw.subarray(1, 1 + length)), y: base64url(raw.subarray(1 + length)) }
}

const base64url = (value: Bytes): string =>
  btoa(String.fromCharCode(...value))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
