import type { Bytes } from '../tls/bytes.js'
import type { Aead, AeadKey } from './aead.js'
import { breatheInTurn } from './breathe.js'
import { PlugInKey } from './plug-in-key.js'

/** What is used of an AEAD object of hpke-js. */
export interface HpkeJsAead {
  /** RFC 9180 section 7.3. */
  readonly id: number
  /** Nk. */
  readonly keySize: number
  createEncryptionContext(key: ArrayBuffer): HpkeJsAeadContext
}

/** One key of it. */
export interface HpkeJsAeadContext {
  seal(nonce: ArrayBuffer, plaintext: ArrayBuffer, aad: ArrayBuffer): Promise<ArrayBuffer>
  open(nonce: ArrayBuffer, ciphertext: ArrayBuffer, aad: ArrayBuffer): Promise<ArrayBuffer>
}

/** An AEAD of hpke-js. Its keys are bytes, and each is for one message. */
export class HpkeAead implements Aead<PlugInKey> {
  readonly id: number
  readonly Nk: number
  readonly #aead: HpkeJsAead

  constructor(aead: HpkeJsAead) {
    this.id = aead.id
    this.Nk = aead.keySize
    this.#aead = aead
  }

  async importKey(key: Bytes): Promise<PlugInKey> {
    return new PlugInKey('hpke-js', key)
  }

  async deriveKey(parameters: HkdfParams, secret: CryptoKey): Promise<PlugInKey> {
    const bits = await crypto.subtle.deriveBits(parameters, secret, 8 * this.Nk)
    return new PlugInKey('hpke-js', new Uint8Array(bits))
  }

  seal({ key, nonce }: AeadKey<PlugInKey>, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
    return this.#once(key, (context) => context.seal(own(nonce), own(plaintext), own(aad)))
  }

  open({ key, nonce }: AeadKey<PlugInKey>, aad: Bytes, ciphertext: Bytes): Promise<Bytes> {
    return this.#once(key, (context) => context.open(own(nonce), own(ciphertext), own(aad)))
  }

  async #once(
    { bytes }: PlugInKey,
    action: (context: HpkeJsAeadContext) => Promise<ArrayBuffer>,
  ): Promise<Bytes> {
    try {
      return new Uint8Array(await breatheInTurn(() => action(this.#aead.createEncryptionContext(own(bytes)))))
    } finally {
      bytes.fill(0)
    }
  }
}

/** Views of a message become buffers of their own. */
const own = (bytes: Bytes): ArrayBuffer => bytes.slice().buffer
