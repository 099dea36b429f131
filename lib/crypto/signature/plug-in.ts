import { type Bytes, copyBytes } from '../../tls/bytes.js'
import { checkLength } from '../check-length.js'
import type { PlugInForm } from '../key-form.js'
import { withPausesInTurn } from '../pauses.js'
import { PlugInKey } from '../plug-in-key.js'
import type { MlDsa } from './ml-dsa.js'
import type { SignatureScheme } from './scheme.js'

/** An implementation of ML-DSA, with an empty context string, for engines that have none. */
export interface SignaturePlugIn {
  /** Whether the signature is valid for the content under the raw public key. */
  readonly verify: (
    signature: Uint8Array,
    content: Uint8Array,
    publicKey: Uint8Array,
  ) => boolean | Promise<boolean>
  /** Signs with the bytes given as `self.signaturePrivateKey`. Without it, a callback has to sign. */
  readonly sign?: (content: Uint8Array, privateKey: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** A signature scheme whose work a plug-in does. Its keys are bytes, and the private one is stored encrypted. */
export class PlugInSignature implements SignatureScheme<PlugInKey> {
  readonly name: string
  readonly publicKeyLength: number
  readonly privateKeyInput: string
  readonly privateKeyForm: PlugInForm
  readonly #signatureLength: number
  readonly #plugIn: SignaturePlugIn

  constructor({ name, publicKeyLength, signatureLength }: MlDsa, plugIn: SignaturePlugIn) {
    this.name = name
    this.publicKeyLength = publicKeyLength
    this.privateKeyInput = `the bytes that the plug-in for ${name} signs with, or a callback`
    this.privateKeyForm = { importKey: async (raw) => new PlugInKey(raw.slice()) }
    this.#signatureLength = signatureLength
    this.#plugIn = plugIn
  }

  async importPublicKey(raw: Bytes): Promise<PlugInKey> {
    checkLength(raw, this.publicKeyLength, this.name)
    return new PlugInKey(raw.slice())
  }

  /** The bytes as they are; a plug-in takes no CryptoKey. */
  async privateKeyBytes(given: Bytes): Promise<Bytes> {
    if (this.#plugIn.sign) return given
    throw new TypeError(`the plug-in for ${this.name} has no function sign`)
  }

  async generateKeyPair(): Promise<void> {}

  async sign(key: PlugInKey, content: Bytes): Promise<Bytes> {
    const signature = await withPausesInTurn(async () =>
      this.#plugIn.sign?.(content.slice(), key.bytes.slice()),
    )
    return copyBytes(signature, `a signature of the plug-in for ${this.name}`, this.#signatureLength)
  }

  async verify(key: PlugInKey, content: Bytes, signature: Bytes): Promise<boolean> {
    if (signature.length !== this.#signatureLength) return false
    // Only `true` counts.
    const verify = async () => this.#plugIn.verify(signature, content.slice(), key.bytes.slice())
    return (await withPausesInTurn(verify)) === true
  }
}
