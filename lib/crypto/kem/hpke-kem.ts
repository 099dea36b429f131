import { attempt } from '../../errors.js'
import type { Bytes } from '../../tls/bytes.js'
import { breatheInTurn } from '../breathe.js'
import { checkLength } from '../check-length.js'
import type { PlugInForm } from '../key-form.js'
import {
  badPublicKey,
  type Decapsulation,
  type Encapsulation,
  type Kem,
  type KemKeyPair,
  type KemPublicKey,
} from './kem.js'

/** What is used of a KEM object of hpke-js, as its own types have it: its keys are CryptoKeys by name alone. */
export interface HpkeJsKem {
  /** RFC 9180 section 7.1. */
  readonly id: number
  /** Nenc. */
  readonly encSize: number
  /** Npk. */
  readonly publicKeySize: number
  /** Nsk. */
  readonly privateKeySize: number
  deserializePublicKey(key: ArrayBuffer): Promise<CryptoKey>
  deserializePrivateKey(key: ArrayBuffer): Promise<CryptoKey>
  generateKeyPair(): Promise<CryptoKeyPair>
  encap(params: { recipientPublicKey: CryptoKey }): Promise<{ sharedSecret: ArrayBuffer; enc: ArrayBuffer }>
  decap(params: { recipientKey: CryptoKey; enc: ArrayBuffer }): Promise<ArrayBuffer>
}

/** A KEM of hpke-js. Its private keys are bytes, and are stored encrypted. */
export class HpkeKem implements Kem<CryptoKey> {
  readonly name: string
  readonly id: number
  readonly publicKeyLength: number
  readonly isPoint = false
  readonly privateKeyInput: string
  readonly privateKeyForm: PlugInForm
  readonly #kem: HpkeJsKem

  constructor(kem: HpkeJsKem) {
    this.name = `KEM 0x${kem.id.toString(16).padStart(4, '0')} of hpke-js`
    this.id = kem.id
    this.publicKeyLength = kem.publicKeySize
    this.privateKeyInput = `${kem.privateKeySize} bytes for ${this.name}`
    // hpke-js keeps the buffers that it is given.
    this.privateKeyForm = { importKey: (raw) => kem.deserializePrivateKey(raw.slice().buffer) }
    this.#kem = kem
  }

  async importPublicKey(raw: Bytes): Promise<CryptoKey> {
    checkLength(raw, this.publicKeyLength, `a public key of ${this.name}`)
    return this.#kem.deserializePublicKey(raw.slice().buffer)
  }

  /** Raw; a plug-in takes no CryptoKey. */
  async privateKeyBytes(given: Bytes): Promise<Bytes> {
    return checkLength(given, this.#kem.privateKeySize, `a private key of ${this.name}`)
  }

  generateKeyPair(): Promise<unknown> {
    return this.#kem.generateKeyPair()
  }

  async encap(recipient: Promise<KemPublicKey<CryptoKey>>): Promise<Encapsulation> {
    const { key: recipientPublicKey } = await recipient
    const { enc, sharedSecret } = await attempt(...badPublicKey(this.name), () =>
      breatheInTurn(() => this.#kem.encap({ recipientPublicKey })),
    )
    return {
      kemOutput: new Uint8Array(enc),
      sharedSecret: Promise.resolve(new Uint8Array(sharedSecret)),
    }
  }

  async decap({ privateKey }: KemKeyPair<CryptoKey>, kemOutput: Bytes): Promise<Decapsulation> {
    checkLength(kemOutput, this.#kem.encSize, `a KEM output of ${this.name}`)
    const enc = kemOutput.slice().buffer
    const sharedSecret = breatheInTurn(() => this.#kem.decap({ recipientKey: privateKey, enc }))
    return { sharedSecret: sharedSecret.then((secret) => new Uint8Array(secret)) }
  }
}
