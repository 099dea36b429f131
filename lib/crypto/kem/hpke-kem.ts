import { checkLength } from '../check-length.js'
import { withPausesInTurn } from '../pauses.js'
import { own } from '../plug-in-key.js'
import { badPublicKey, type Kem } from './kem.js'

/** What a KEM of hpke-js encapsulates. */
export interface HpkeJsEncapsulation {
  /** Nsecret bytes. */
  readonly sharedSecret: ArrayBuffer
  /** The KEM output, Nenc bytes. */
  readonly enc: ArrayBuffer
}

/** The part of a KEM object of hpke-js that is used here. hpke-js calls its keys CryptoKeys, but they are its own objects. */
export interface HpkeJsKem {
  /** RFC 9180 section 7.1. */
  readonly id: number
  /** Nenc. */
  readonly encSize: number
  /** Npk. */
  readonly publicKeySize: number
  /** Nsk. */
  readonly privateKeySize: number
  /** Nsecret. */
  readonly secretSize: number
  /** Imports a raw public key. */
  deserializePublicKey(key: ArrayBuffer): Promise<CryptoKey>
  /** Imports a raw private key. */
  deserializePrivateKey(key: ArrayBuffer): Promise<CryptoKey>
  /** Makes a key pair. */
  generateKeyPair(): Promise<CryptoKeyPair>
  /** Encapsulates for a public key. */
  encap(params: { recipientPublicKey: CryptoKey }): Promise<HpkeJsEncapsulation>
  /** Decapsulates with a private key. */
  decap(params: { recipientKey: CryptoKey; enc: ArrayBuffer }): Promise<ArrayBuffer>
}

/**
 * A KEM object of hpke-js as the `kem` of a cipher suite: of `@hpke/hybridkem-x-wing`, `@hpke/ml-kem`,
 * `@hpke/dhkem-x448`, or another package. Private keys are given raw. The epoch keeps them as bytes, because a plug-in
 * has no other form, and stores them encrypted.
 */
export function hpkeKem(kem: HpkeJsKem): Kem {
  const { id, encSize, publicKeySize: publicKeyLength, privateKeySize } = kem
  const name = `KEM 0x${id.toString(16)} of hpke-js`
  const checkSecret = (secret: ArrayBuffer) => checkLength(new Uint8Array(secret), kem.secretSize, name)
  return {
    name,
    id,
    publicKeyLength,
    privateKeyInput: `${privateKeySize} bytes for ${name}`,
    privateKeyForm: { importKey: (raw) => kem.deserializePrivateKey(own(raw)) },

    async importPublicKey(raw) {
      checkLength(raw, publicKeyLength, name)
      return kem.deserializePublicKey(own(raw))
    },

    // Raw: no CryptoKey has a plug-in's form, so none gets here.
    privateKeyBytes: async (given) => checkLength(given, privateKeySize, name),

    generateKeyPair: () => kem.generateKeyPair(),

    async encap(recipient) {
      const { key: recipientPublicKey } = await recipient
      const { enc, sharedSecret } = await withPausesInTurn(() => kem.encap({ recipientPublicKey })).catch(
        badPublicKey(name),
      )
      return { kemOutput: new Uint8Array(enc), sharedSecret: checkSecret(sharedSecret) }
    },

    async decap({ privateKey: recipientKey }, kemOutput) {
      checkLength(kemOutput, encSize, name)
      const enc = own(kemOutput)
      const sharedSecret = withPausesInTurn(() => kem.decap({ recipientKey, enc }))
      return { sharedSecret: sharedSecret.then(checkSecret) }
    },
  }
}
