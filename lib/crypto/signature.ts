import { attempt, TargetedMessageError } from '../errors.js'
import { ascii, type Bytes, isBytes } from '../tls/bytes.js'
import { encode, type Field, opaque } from '../tls/writer.js'
import { ecdsaFromDer, ecdsaToDer } from './ecdsa-der.js'
import type { SignatureScheme } from './suites.js'

/**
 * Signs for an application that keeps its signature key elsewhere. Takes the serialized SignContent of RFC 9420
 * section 5.1.2, gives the signature as MLS writes it: DER for ECDSA, the raw bytes for EdDSA.
 */
export type SignatureCallback = (signContent: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** Signs a serialized SignContent as MLS writes it, with whatever holds the key. */
export type Signer = (signContent: Bytes) => Promise<Bytes>

/** `SignWithLabel(SignKey, Label, Content)`, RFC 9420 section 5.1.2. */
export function signWithLabel(signer: Signer, label: string, content: Bytes | Field): Promise<Bytes> {
  return signer(signContent(label, content))
}

/** `VerifyWithLabel(VerificationKey, Label, Content, Signature)`, section 5.1.2. Throws `signature` unless it verifies. */
export function verifyWithLabel(
  scheme: SignatureScheme,
  key: CryptoKey,
  label: string,
  content: Bytes | Field,
  signature: Bytes,
): Promise<void> {
  return verify(scheme, key, signContent(label, content), signature)
}

/** A signer with a CryptoKey. */
export function keySigner({ algorithm, curve }: SignatureScheme, key: CryptoKey): Signer {
  return async (content) => {
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, key, content))
    return curve.kty === 'EC' ? ecdsaToDer(signature) : signature
  }
}

/** A signer with a callback, whose results are checked: what does not verify here would verify nowhere. */
export function callbackSigner(
  scheme: SignatureScheme,
  callback: SignatureCallback,
  publicKey: CryptoKey,
): Signer {
  return (content) =>
    attempt('invalid-input', 'the signaturePrivateKey callback failed', async () => {
      const given = await callback(content.slice())
      if (!isBytes(given)) throw new TypeError('it gave no Uint8Array')
      const signature = new Uint8Array(given)
      try {
        await verify(scheme, publicKey, content, signature)
      } catch (cause) {
        const message = 'the signaturePrivateKey callback gave a signature that the own leaf does not verify'
        throw new TargetedMessageError('invalid-input', message, { cause })
      }
      return signature
    })
}

const signContent = (label: string, content: Bytes | Field): Bytes =>
  encode(opaque(ascii(`MLS 1.0 ${label}`)), opaque(content))

async function verify(
  { algorithm, curve }: SignatureScheme,
  key: CryptoKey,
  content: Bytes,
  signature: Bytes,
): Promise<void> {
  const valid = await attempt('signature', 'the engine refused the signature', () => {
    const raw = curve.kty === 'EC' ? decodeDer(signature, curve.privateKeyLength) : signature
    // Some engines abort on an EdDSA signature of another length than two public keys.
    if (raw.length !== 2 * curve.privateKeyLength) return Promise.resolve(false)
    return crypto.subtle.verify(algorithm, key, raw, content)
  })
  if (!valid) throw new TargetedMessageError('signature', 'the signature does not verify')
}

function decodeDer(signature: Bytes, coordinateLength: number): Bytes {
  try {
    return ecdsaFromDer(signature, coordinateLength)
  } catch (cause) {
    throw new TargetedMessageError('signature', 'the signature is not DER', { cause })
  }
}
