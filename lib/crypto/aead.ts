import type { Bytes } from '../tls/bytes.js'
import type { Aead } from './suites.js'

/** A key with its nonce, for one message (RFC 9180 section 5.2 with sequence number 0). */
export interface AeadKey {
  readonly key: CryptoKey
  /** 12 bytes. */
  readonly nonce: Bytes
}

/** Imports Nk bytes as a key; never extractable. */
export function importAeadKey({ name }: Aead, key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  // Engines that know ChaCha20-Poly1305 know 'raw-secret'; for AES the older name is understood everywhere.
  return crypto.subtle.importKey(name === 'AES-GCM' ? 'raw' : 'raw-secret', key, name, false, [usage])
}

export async function aeadSeal(aead: Algorithm, key: AeadKey, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(aeadParameters(aead, key.nonce, aad), key.key, plaintext))
}

/** Throws the engine's own error when the tag does not fit. */
export async function aeadOpen(aead: Algorithm, key: AeadKey, aad: Bytes, ciphertext: Bytes): Promise<Bytes> {
  return new Uint8Array(
    await crypto.subtle.decrypt(aeadParameters(aead, key.nonce, aad), key.key, ciphertext),
  )
}

/** What SubtleCrypto encrypts, decrypts and unwraps with. */
export const aeadParameters = ({ name }: Algorithm, nonce: Bytes, aad: Bytes): AesGcmParams => ({
  name,
  iv: nonce,
  additionalData: aad,
})
