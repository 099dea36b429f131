import { attempt, TargetedMessageError } from '../errors.js'
import { type Bytes, equalBytes, isBytes } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import type { Curve } from './curves.js'
import { decap, encap, generateEphemeral, type KemKeyPair } from './kem.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'
import { keySigner, signWithLabel, verifyWithLabel } from './signature.js'
import type { CipherSuite, Kem, SignatureScheme } from './suites.js'

/** A private key: raw bytes (an EC scalar, an OKP seed), PKCS#8, or a CryptoKey. */
export type PrivateKeyInput = Uint8Array | CryptoKey

export const isCryptoKey = (value: unknown): value is CryptoKey =>
  typeof value === 'object' &&
  value !== null &&
  'algorithm' in value &&
  'usages' in value &&
  'extractable' in value

/** Imports a member's raw encryption key; throws the engine's error for bytes that are no point of the curve. */
export function importEncryptionKey({ algorithm }: Kem, raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, algorithm, true, [])
}

/** Imports a member's raw signature key; throws the engine's error for bytes that are no point of the curve. */
export function importSignatureKey({ algorithm }: SignatureScheme, raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, algorithm, true, ['verify'])
}

/** Imports the own encryption key, non-extractable, and proves that it belongs to the own leaf. */
export function importEncryptionKeyPair(
  { kem }: CipherSuite,
  input: PrivateKeyInput,
  raw: Bytes,
): Promise<KemKeyPair> {
  return importKeyPair('self.encryptionPrivateKey', async () => {
    const [publicKey, privateKey] = await Promise.all([
      importEncryptionKey(kem, raw),
      importPrivateKey(input, kem.curve, kem.algorithm, raw, 'deriveBits'),
    ])
    const keyPair = { publicKey, privateKey }
    const ephemeral = await generateEphemeral(kem)
    const [sent, received] = await Promise.all([
      encap(kem, ephemeral, publicKey),
      decap(kem, keyPair, ephemeral.kemOutput),
    ])
    return equalBytes(sent, received) ? keyPair : undefined
  })
}

/** Imports the own signature key, non-extractable, and proves that it belongs to the own leaf. */
export function importSigningKey(
  { signature: scheme }: CipherSuite,
  input: PrivateKeyInput,
  raw: Bytes,
): Promise<CryptoKey> {
  return importKeyPair('self.signaturePrivateKey', async () => {
    const [publicKey, privateKey] = await Promise.all([
      importSignatureKey(scheme, raw),
      importPrivateKey(input, scheme.curve, scheme.algorithm, raw, 'sign'),
    ])
    // A label of its own: this signature is no signature of any MLS structure.
    const label = 'TargetedMessageKeyProof'
    const proof = await signWithLabel(keySigner(scheme, privateKey), label, bytes(raw))
    const proven = verifyWithLabel(scheme, publicKey, label, bytes(raw), proof)
    return proven.then(
      () => privateKey,
      () => undefined,
    )
  })
}

/** Two engines import an EC private key with somebody else's public half, hence a proof that gives nothing or the pair. */
async function importKeyPair<T>(name: string, importAndProve: () => Promise<T | undefined>): Promise<T> {
  const proven = await attempt('invalid-input', `${name} cannot be imported`, importAndProve)
  if (proven === undefined) {
    throw new TargetedMessageError(
      'invalid-input',
      `${name} does not belong to the public key in the own leaf`,
    )
  }
  return proven
}

async function importPrivateKey(
  input: PrivateKeyInput,
  curve: Curve,
  algorithm: AlgorithmIdentifier | EcKeyImportParams,
  publicKey: Bytes,
  usage: 'deriveBits' | 'sign',
): Promise<CryptoKey> {
  if (isCryptoKey(input) && !input.extractable) return checkCryptoKey(input, curve, usage)
  const d = isCryptoKey(input) ? await exportD(input) : base64url(rawPrivateKey(input, curve))
  // As JWK, because every engine imports that; the public half is the own leaf's.
  const jwk = { kty: curve.kty, crv: curve.crv, d, ...publicJwk(curve, publicKey) }
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, [usage])
}

function checkCryptoKey(key: CryptoKey, curve: Curve, usage: KeyUsage): CryptoKey {
  const { name, namedCurve }: KeyAlgorithm & { namedCurve?: string } = key.algorithm
  if ((namedCurve ?? name) !== curve.crv || key.type !== 'private' || !key.usages.includes(usage)) {
    throw new TypeError(`a private key of ${curve.crv} with the usage ${usage} is wanted`)
  }
  return key
}

async function exportD(key: CryptoKey): Promise<string> {
  const { d } = await crypto.subtle.exportKey('jwk', key)
  if (d === undefined) throw new TypeError('the CryptoKey is not private')
  return d
}

function rawPrivateKey(input: Uint8Array, curve: Curve): Bytes {
  if (!isBytes(input)) throw new TypeError('neither a Uint8Array nor a CryptoKey')
  const key = new Uint8Array(input)
  return key.length === curve.privateKeyLength ? key : privateKeyFromPkcs8(key, curve)
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
