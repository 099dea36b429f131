import type { Bytes } from '../tls/bytes.js'

/** A key with its nonce, for one message (RFC 9180 section 5.2 with sequence number 0). */
export interface AeadKey<K extends CryptoKey = CryptoKey> {
  readonly key: K
  /** 12 bytes. */
  readonly nonce: Bytes
}

/** An AEAD, RFC 9180 section 7.3. Lengths in bytes; the nonces of all suites have 12. */
export interface Aead<K extends CryptoKey = CryptoKey> {
  /** RFC 9180 section 7.3. */
  readonly id: number
  readonly Nk: number
  /** Takes Nk bytes. */
  importKey(key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<K>
  /** Derives the key by HKDF. */
  deriveKey(parameters: HkdfParams, secret: CryptoKey, usage: 'encrypt' | 'decrypt'): Promise<K>
  seal(key: AeadKey<K>, aad: Bytes, plaintext: Bytes): Promise<Bytes>
  /** Throws the engine's own error when the tag is wrong. */
  open(key: AeadKey<K>, aad: Bytes, ciphertext: Bytes): Promise<Bytes>
}

/** An AEAD of SubtleCrypto. Its keys are not extractable, and a key derived by HKDF never exists as bytes. */
export interface NativeAead extends Aead {
  readonly name: string
}

const nativeAead = (id: number, name: string, Nk: number): NativeAead => ({
  id,
  name,
  Nk,
  importKey: (key, usage) =>
    // Engines with ChaCha20-Poly1305 support 'raw-secret'; for AES, all engines support the older name.
    crypto.subtle.importKey(name === 'AES-GCM' ? 'raw' : 'raw-secret', key, name, false, [usage]),
  deriveKey: (parameters, secret, usage) =>
    crypto.subtle.deriveKey(parameters, secret, { name, length: 8 * Nk }, false, [usage]),
  seal: async ({ key, nonce }, aad, plaintext) =>
    new Uint8Array(await crypto.subtle.encrypt(aeadParameters(name, nonce, aad), key, plaintext)),
  open: async ({ key, nonce }, aad, ciphertext) =>
    new Uint8Array(await crypto.subtle.decrypt(aeadParameters(name, nonce, aad), key, ciphertext)),
})

/** What SubtleCrypto encrypts, decrypts and unwraps with. */
export const aeadParameters = (name: string, iv: Bytes, additionalData: Bytes): AesGcmParams => ({
  name,
  iv,
  additionalData,
})

export const aes128 = /* @__PURE__ */ nativeAead(1, 'AES-GCM', 16)
export const aes256 = /* @__PURE__ */ nativeAead(2, 'AES-GCM', 32)
export const chacha20 = /* @__PURE__ */ nativeAead(3, 'ChaCha20-Poly1305', 32)
