import type { Bytes } from '../tls/bytes.js'
import type { Aead } from './aead.js'
import { own } from './plug-in-key.js'

/** The part of an AEAD object of hpke-js that is used here. */
export interface HpkeJsAead {
  /** RFC 9180 section 7.3. */
  readonly id: number
  /** Nk. */
  readonly keySize: number
  /** A context with this key. */
  createEncryptionContext(key: ArrayBuffer): HpkeJsAeadContext
}

/** An AEAD with one key. */
export interface HpkeJsAeadContext {
  /** Encrypts and authenticates. */
  seal(nonce: ArrayBuffer, plaintext: ArrayBuffer, aad: ArrayBuffer): Promise<ArrayBuffer>
  /** Decrypts, or rejects. */
  open(nonce: ArrayBuffer, ciphertext: ArrayBuffer, aad: ArrayBuffer): Promise<ArrayBuffer>
}

/** Has the shape of a CryptoKey, but is an object of the plug-in. */
type ContextKey = CryptoKey & { readonly context: HpkeJsAeadContext }

/**
 * An AEAD object of hpke-js as the `aead` of a cipher suite: `hpkeAead(new Chacha20Poly1305())` of
 * `@hpke/chacha20poly1305`, where SubtleCrypto lacks it. Each key is for one message, and exists as bytes.
 */
export function hpkeAead(aead: HpkeJsAead): Aead {
  const importKey = async (key: Bytes): Promise<ContextKey> => ({
    type: 'secret',
    extractable: false,
    usages: [],
    algorithm: { name: '' },
    context: aead.createEncryptionContext(own(key)),
  })
  const implementation: Aead<ContextKey> = {
    id: aead.id,
    Nk: aead.keySize,
    importKey,
    deriveKey: async (parameters, secret) =>
      importKey(new Uint8Array(await crypto.subtle.deriveBits(parameters, secret, 8 * aead.keySize))),
    seal: async ({ key, nonce }, aad, plaintext) =>
      new Uint8Array(await key.context.seal(own(nonce), own(plaintext), own(aad))),
    open: async ({ key, nonce }, aad, ciphertext) =>
      new Uint8Array(await key.context.open(own(nonce), own(ciphertext), own(aad))),
  }
  return implementation
}
