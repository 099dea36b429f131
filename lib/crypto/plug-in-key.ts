import type { Bytes } from '../tls/bytes.js'

/** A key of a plug-in, which is bytes: in the image of a CryptoKey, and none, so it is neither cloned nor stored. */
export class PlugInKey implements CryptoKey {
  readonly type: KeyType = 'secret'
  readonly extractable = false
  readonly usages: KeyUsage[] = []
  readonly algorithm: KeyAlgorithm
  readonly #bytes: Bytes

  /** Copies `bytes`. */
  constructor(name: string, bytes: Bytes) {
    this.algorithm = { name }
    this.#bytes = bytes.slice()
  }

  /** Not copied. */
  get bytes(): Bytes {
    return this.#bytes
  }
}
