import type { Bytes } from '../tls/bytes.js'

/** A key with its nonce, for one message (RFC 9180 section 5.2 with sequence number 0). */
export interface AeadKey<K extends CryptoKey = CryptoKey> {
  readonly key: K
  /** 12 bytes. */
  readonly nonce: Bytes
}

/** An AEAD, RFC 9180 section 7.3. Lengths in bytes; all suites' have nonces of 12. */
export interface Aead<K extends CryptoKey = CryptoKey> {
  /** RFC 9180 section 7.3. */
  readonly id: number
  readonly Nk: number
  /** Takes Nk bytes. */
  importKey(key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<K>
  /** The key that HKDF gives. */
  deriveKey(parameters: HkdfParams, secret: CryptoKey, usage: 'encrypt' | 'decrypt'): Promise<K>
  seal(key: AeadKey<K>, aad: Bytes, plaintext: Bytes): Promise<Bytes>
  /** Throws the engine's own error when the tag does not fit. */
  open(key: AeadKey<K>, aad: Bytes, ciphertext: Bytes): Promise<Bytes>
}

/** An AEAD of SubtleCrypto; no key of it is extractable. */
export class NativeAead implements Aead<CryptoKey> {
  constructor(
    readonly id: number,
    readonly name: string,
    readonly Nk: number,
  ) {}

  importKey(key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
    // Engines that know ChaCha20-Poly1305 know 'raw-secret'; for AES the older name is understood everywhere.
    const format = this.name === 'AES-GCM' ? 'raw' : 'raw-secret'
    return crypto.subtle.importKey(format, key, this.name, false, [usage])
  }

  /** It never exists as bytes. */
  deriveKey(parameters: HkdfParams, secret: CryptoKey, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
    const { name, Nk } = this
    return crypto.subtle.deriveKey(parameters, secret, { name, length: 8 * Nk }, false, [usage])
  }

  async seal({ key, nonce }: AeadKey<CryptoKey>, additionalData: Bytes, plaintext: Bytes): Promise<Bytes> {
    const parameters = aeadParameters(this, nonce, additionalData)
    return new Uint8Array(await crypto.subtle.encrypt(parameters, key, plaintext))
  }

  async open({ key, nonce }: AeadKey<CryptoKey>, additionalData: Bytes, ciphertext: Bytes): Promise<Bytes> {
    const parameters = aeadParameters(this, nonce, additionalData)
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, ciphertext))
  }
}

/** What SubtleCrypto encrypts, decrypts and unwraps with. */
export const aeadParameters = ({ name }: Algorithm, iv: Bytes, additionalData: Bytes): AesGcmParams => ({
  name,
  iv,
  additionalData,
})

export const aes128 = /* @__PURE__ */ new NativeAead(1, 'AES-GCM', 16)
export const aes256 = /* @__PURE__ */ new NativeAead(2, 'AES-GCM', 32)
export const chacha20 = /* @__PURE__ */ new NativeAead(3, 'ChaCha20-Poly1305', 32)
