import { attempt, fail, invalidInput } from '../../errors.js'
import { type Bytes, copyBytes } from '../../tls/bytes.js'
import { ascii, encodeInput, type Field, opaque } from '../../tls/writer.js'
import type { SignatureScheme } from './scheme.js'

/**
 * Signs for an application that keeps its signature key elsewhere. Takes the serialized SignContent of RFC 9420
 * section 5.1.2, and returns the signature as MLS writes it: DER for ECDSA, the raw bytes for EdDSA and ML-DSA.
 */
export type SignatureCallback = (signContent: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** Signs a serialized SignContent as MLS writes it, with whatever holds the key. */
export type Signer = (signContent: Bytes) => Promise<Bytes>

/** `SignWithLabel(SignKey, Label, Content)`, RFC 9420 section 5.1.2. */
export function signWithLabel(signer: Signer, label: string, content: Field): Promise<Bytes> {
  return signer(signContent(label, content))
}

/**
 * `VerifyWithLabel(VerificationKey, Label, Content, Signature)`, section 5.1.2. Throws `signature` unless it verifies,
 * and the engine's own error if the engine fails.
 */
export function verifyWithLabel(
  scheme: SignatureScheme,
  key: CryptoKey,
  label: string,
  content: Field,
  signature: Bytes,
): Promise<void> {
  return verify(scheme, key, signContent(label, content), signature)
}

/** A signer with a private key. */
export const keySigner =
  (scheme: SignatureScheme, key: CryptoKey): Signer =>
  (content) =>
    scheme.sign(key, content)

/** A signer with a callback. Its signatures are verified, because recipients would refuse invalid ones. */
export const callbackSigner =
  (scheme: SignatureScheme, callback: SignatureCallback, publicKey: CryptoKey): Signer =>
  (content) =>
    attempt('invalid-input', 'the signaturePrivateKey callback failed', async () => {
      const signature = copyBytes(
        await callback(content.slice()),
        'the result of the signaturePrivateKey callback',
      )
      await verify(scheme, publicKey, content, signature).catch((cause: unknown) => {
        throw invalidInput('the result of the signaturePrivateKey callback does not verify', cause)
      })
      return signature
    })

const signContent = (label: string, content: Field): Bytes =>
  encodeInput(opaque(ascii(`MLS 1.0 ${label}`)), opaque(content))

async function verify(
  scheme: SignatureScheme,
  key: CryptoKey,
  content: Bytes,
  signature: Bytes,
): Promise<void> {
  if (!(await scheme.verify(key, content, signature)))
    throw fail('signature', 'the signature does not verify')
}
