import type { Bytes } from '../../tls/bytes.js'
import { ascii, bytes, encodeInput, type Field, struct, uint16 } from '../../tls/writer.js'
import { breathe } from '../breathe.js'
import { CurveKeys } from '../curve-keys.js'
import type { Curve } from '../curves.js'
import { hkdf } from '../kdf.js'
import { labeledIkm, labeledInfo } from '../labeled.js'
import type { Kdf } from '../suites.js'
import type { Decapsulation, Encapsulation, Kem, KemKeyPair, KemPublicKey } from './kem.js'

/**
 * DHKEM, RFC 9180 section 4.1, with SubtleCrypto's ECDH and HKDF. hpke-js is what the tests hold it against, and not
 * used for it: it serializes both public keys anew for every message, drops the engine's errors, and would be most of
 * the bytes of this library.
 */
export class Dhkem extends CurveKeys implements Kem<CryptoKey> {
  readonly id: number
  readonly kdf: Kdf

  /** The KDF is the KEM's own; Nsecret is its Nh. */
  constructor(id: number, curve: Curve, kdf: Kdf) {
    super(curve, 'ECDH', ['deriveBits'])
    this.id = id
    this.kdf = kdf
  }

  /** `Encap`, with a key pair that is made for this one message. */
  async encap(recipient: Promise<KemPublicKey<CryptoKey>>): Promise<Encapsulation> {
    const [{ privateKey, publicKey }, { key, raw }] = await Promise.all([this.generateKeyPair(), recipient])
    const [agreed, exported] = await Promise.all([
      this.#agree(privateKey, key),
      crypto.subtle.exportKey('raw', publicKey),
    ])
    const kemOutput = new Uint8Array(exported)
    return { kemOutput, sharedSecret: this.#expand(agreed, kemOutput, raw) }
  }

  /** `Decap`. */
  async decap({ privateKey, publicKey }: KemKeyPair<CryptoKey>, kemOutput: Bytes): Promise<Decapsulation> {
    const agreed = this.#agree(privateKey, await this.importPublicKey(kemOutput))
    return { sharedSecret: agreed.then((key) => this.#expand(key, kemOutput, publicKey)) }
  }

  /**
   * `DH(skX, pkY)`, and of `ExtractAndExpand(dh, kem_context)` the input: SubtleCrypto's HKDF does both halves from it.
   * The engines refuse the all-zero result, as section 7.1.4 asks.
   */
  async #agree(privateKey: CryptoKey, publicKey: CryptoKey): Promise<CryptoKey> {
    const parameters = { name: this.algorithm.name, public: publicKey }
    const length = 8 * this.curve.privateKeyLength
    const dh = new Uint8Array(await breathe(() => crypto.subtle.deriveBits(parameters, privateKey, length)))
    const ikm = encodeInput(labeledIkm(this.#suiteId(), 'eae_prk', bytes(dh)))
    try {
      return await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
    } finally {
      dh.fill(0)
      ikm.fill(0)
    }
  }

  /** `ExtractAndExpand`. */
  async #expand(agreed: CryptoKey, kemOutput: Bytes, recipientPublicKey: Bytes): Promise<Bytes> {
    const { Nh } = this.kdf
    const kemContext = struct(bytes(kemOutput), bytes(recipientPublicKey))
    const info = encodeInput(labeledInfo(this.#suiteId(), 'shared_secret', kemContext, Nh))
    return new Uint8Array(await crypto.subtle.deriveBits(hkdf(this.kdf, NO_SALT, info), agreed, 8 * Nh))
  }

  /** `suite_id`, section 4.1. */
  #suiteId(): Field {
    return struct(ascii('KEM'), uint16(this.id))
  }
}

const NO_SALT = new Uint8Array()
