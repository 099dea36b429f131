import type { AeadKey } from '../crypto/aead.js'
import { expandWithLabel } from '../crypto/kdf.js'
import { type CipherSuite, Nn } from '../crypto/suites.js'
import type { Bytes } from '../tls/bytes.js'
import { encodeInput } from '../tls/writer.js'
import { type HeaderFields, type SenderAuthData, senderAuthDataFields } from './structs.js'

/** What both directions need. */
export interface SenderAuthDataParameters {
  readonly suite: CipherSuite
  /** `sender_auth_data_secret`, section 5.3, as an HMAC key. */
  readonly senderAuthDataSecret: CryptoKey
  readonly header: HeaderFields
  readonly ciphertext: Bytes
}

/** Returns `encrypted_sender_auth_data`, draft section 5.3. */
export async function sealSenderAuthData(
  parameters: SenderAuthDataParameters,
  senderAuthData: SenderAuthData,
): Promise<Bytes> {
  const key = deriveKey(parameters, 'encrypt')
  const plaintext = encodeInput(senderAuthDataFields(senderAuthData))
  return parameters.suite.aead.seal(await key, parameters.header.senderAuthDataAad, plaintext)
}

/** Returns a serialized TargetedMessageSenderAuthData. Throws the engine's own error if it does not decrypt. */
export async function openSenderAuthData(
  parameters: SenderAuthDataParameters,
  encryptedSenderAuthData: Bytes,
): Promise<Bytes> {
  const key = await deriveKey(parameters, 'decrypt')
  const { suite, header } = parameters
  return await suite.aead.open(key, header.senderAuthDataAad, encryptedSenderAuthData)
}

async function deriveKey(
  { suite, senderAuthDataSecret, ciphertext }: SenderAuthDataParameters,
  usage: 'encrypt' | 'decrypt',
): Promise<AeadKey> {
  // ciphertext_sample: the first KDF.Nh bytes, or all of a shorter ciphertext.
  const sample = ciphertext.subarray(0, suite.kdf.Nh)
  const [key, nonce] = await Promise.all([
    expandWithLabel(senderAuthDataSecret, 'key', sample, suite.aead.Nk),
    expandWithLabel(senderAuthDataSecret, 'nonce', sample, Nn),
  ])
  const imported = await suite.aead.importKey(key, usage)
  key.fill(0)
  return { key: imported, nonce }
}
