import { TargetedMessageError } from '../errors.js'
import type { Bytes } from './bytes.js'

/** Reads the TLS presentation language (RFC 8446 section 3) with the lengths of RFC 9420 section 2.1.2. */
export class Reader {
  readonly #bytes: Bytes
  readonly #view: DataView
  readonly #name: string
  #offset = 0

  /** `name` is the structure that `bytes` should be, for error messages. */
  constructor(bytes: Bytes, name: string) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#name = name
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset
  }

  /** Whether all bytes are read. */
  get atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8))
  }

  /** The next `length` bytes: a view, not a copy. */
  bytes(length: number): Bytes {
    const start = this.#take(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** `opaque<V>`: a view, not a copy. */
  opaque(): Bytes {
    return this.bytes(this.#length())
  }

  /** A reader of the contents of a vector `T<V>`. */
  vector(name: string): Reader {
    return new Reader(this.opaque(), name)
  }

  /** `optional<T>`: its presence octet must be 0 or 1 (RFC 9420 section 2.1.1). */
  optional<T>(read: (reader: Reader) => T): T | undefined {
    const present = this.uint8()
    if (present > 1) throw this.malformed(`presence octet ${present}`)
    return present === 1 ? read(this) : undefined
  }

  /** All that is left: a view, not a copy. */
  rest(): Bytes {
    return this.bytes(this.#bytes.length - this.#offset)
  }

  /** Refuses trailing bytes. */
  end(): void {
    const left = this.#bytes.length - this.#offset
    if (left > 0) throw this.malformed(`${left} trailing byte(s)`)
  }

  malformed(why: string): TargetedMessageError {
    return new TargetedMessageError('malformed', `${this.#name}: ${why} at offset ${this.#offset}`)
  }

  /** RFC 9420 section 2.1.2: two bits of length-of-length, of which 0b11 is reserved; never longer than needed. */
  #length(): number {
    const first = this.uint8()
    const value = first & 0x3f
    switch (first >> 6) {
      case 0:
        return value
      case 1:
        return this.#minimal((value << 8) | this.uint8(), 1 << 6)
      case 2:
        return this.#minimal((value << 24) | (this.uint8() << 16) | this.uint16(), 1 << 14)
      default:
        throw this.malformed('reserved length prefix 0b11')
    }
  }

  #minimal(length: number, least: number): number {
    if (length < least) throw this.malformed(`length ${length} is not minimally encoded`)
    return length
  }

  #take(length: number): number {
    const start = this.#offset
    if (length > this.#bytes.length - start) throw this.malformed(`truncated: ${length} byte(s) wanted`)
    this.#offset = start + length
    return start
  }
}
