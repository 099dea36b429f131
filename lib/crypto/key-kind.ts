import type { Bytes } from '../tls/bytes.js'
import type { KeyForm } from './key-form.js'

/** Key pairs of one purpose. Lengths in bytes, as MLS has them. */
export interface KeyKind<K extends CryptoKey = CryptoKey> {
  /** For sentences. */
  readonly name: string
  readonly publicKeyLength: number
  /** Whether a public key is a point that has other forms besides the uncompressed one, which alone is taken. */
  readonly isPoint?: boolean
  /** What an application can give as private key, for a sentence. */
  readonly privateKeyInput: string
  readonly privateKeyForm: KeyForm
  /** Throws for bytes that are no public key, as far as they tell. */
  importPublicKey(raw: Bytes): Promise<K>
  /**
   * What {@link KeyKind.privateKeyForm} imports, of the bytes that the application gave or of an extractable CryptoKey.
   * Throws for another form.
   */
  privateKeyBytes(given: Bytes | CryptoKey, publicKey: Bytes): Promise<Bytes>
  /** Rejects where the engine lacks the algorithm. */
  generateKeyPair(): Promise<unknown>
}
