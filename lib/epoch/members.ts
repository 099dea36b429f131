import type { CipherSuite } from '../crypto/suites.js'
import { TargetedMessageError } from '../errors.js'
import type { Member } from '../mls/ratchet-tree.js'
import { type Bytes, checkBytes } from '../tls/bytes.js'
import { checkLeafIndex } from './input.js'

/** The non-blank leaves of an epoch, packed: a group may have tens of thousands. */
export class Members {
  /** Ascending. */
  readonly leafIndices: Uint32Array<ArrayBuffer>
  /** Per member, its raw encryption key and its raw signature key. */
  readonly publicKeys: Bytes
  readonly #encryptionKeyLength: number
  readonly #memberLength: number

  constructor(suite: CipherSuite, leafIndices: Uint32Array<ArrayBuffer>, publicKeys: Bytes) {
    this.leafIndices = leafIndices
    this.publicKeys = publicKeys
    this.#encryptionKeyLength = suite.kem.curve.publicKeyLength
    this.#memberLength = this.#encryptionKeyLength + suite.signature.curve.publicKeyLength
  }

  /** Throws `invalid-input` for a leaf named twice, and for keys of another form than the suite's. */
  static from(suite: CipherSuite, members: Iterable<Member>): Members {
    const sorted = [...members].sort((a, b) => a.leafIndex - b.leafIndex)
    const { curve: encryption } = suite.kem
    const { curve: signature } = suite.signature
    const leafIndices = new Uint32Array(sorted.length)
    const publicKeys = new Uint8Array(
      sorted.length * (encryption.publicKeyLength + signature.publicKeyLength),
    )
    let offset = 0
    const append = (value: unknown, { kty, publicKeyLength }: typeof encryption, name: string): void => {
      const key = checkBytes(value, name, publicKeyLength)
      if (kty === 'EC' && key[0] !== 0x04) {
        throw new TargetedMessageError(
          'invalid-input',
          `${name} must be an uncompressed point, which begins with 4`,
        )
      }
      publicKeys.set(key, offset)
      offset += publicKeyLength
    }
    sorted.forEach(({ leafIndex, encryptionKey, signatureKey }, i) => {
      checkLeafIndex(leafIndex, 'members: leafIndex')
      if (leafIndex === sorted[i - 1]?.leafIndex) {
        throw new TargetedMessageError('invalid-input', `members: leaf ${leafIndex} is there twice`)
      }
      leafIndices[i] = leafIndex
      append(encryptionKey, encryption, `members: encryptionKey of leaf ${leafIndex}`)
      append(signatureKey, signature, `members: signatureKey of leaf ${leafIndex}`)
    })
    return new Members(suite, leafIndices, publicKeys)
  }

  /** Whether the leaf is not blank. */
  has(leafIndex: number): boolean {
    return this.#position(leafIndex) !== undefined
  }

  /** Raw; nothing for a blank leaf. */
  encryptionKey(leafIndex: number): Bytes | undefined {
    const position = this.#position(leafIndex)
    if (position === undefined) return undefined
    const start = position * this.#memberLength
    return this.publicKeys.subarray(start, start + this.#encryptionKeyLength)
  }

  /** Raw; nothing for a blank leaf. */
  signatureKey(leafIndex: number): Bytes | undefined {
    const position = this.#position(leafIndex)
    if (position === undefined) return undefined
    const start = position * this.#memberLength
    return this.publicKeys.subarray(start + this.#encryptionKeyLength, start + this.#memberLength)
  }

  #position(leafIndex: number): number | undefined {
    let low = 0
    let high = this.leafIndices.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.leafIndices[middle] ?? 0) < leafIndex) low = middle + 1
      else high = middle
    }
    return this.leafIndices[low] === leafIndex ? low : undefined
  }
}
