import type { Bytes } from '../tls/bytes.js'
import type { KeyForm } from './key-form.js'

/** Key pairs of one purpose. Lengths in bytes, as MLS has them. */
export interface KeyKind<K extends CryptoKey = CryptoKey> {
  /** For error messages. */
  readonly name: string
  readonly publicKeyLength: number
  /** Whether a public key is a point, of which only the uncompressed form is accepted. */
  readonly isPoint?: boolean
  /** What an application can give as private key, for error messages. */
  readonly privateKeyInput: string
  readonly privateKeyForm: KeyForm
  /** Throws for bytes that are not a public key, as far as the bytes show. */
  importPublicKey(raw: Bytes): Promise<K>
  /**
   * The bytes that {@link KeyKind.privateKeyForm} imports, from the bytes that the application gave or from an extractable
   * CryptoKey. Throws for another form.
   */
  privateKeyBytes(given: Bytes | CryptoKey, publicKey: Bytes): Promise<Bytes>
  /** Rejects where the engine lacks the algorithm. */
  generateKeyPair(): Promise<unknown>
}
