import { fail, type TargetedMessageError, type TargetedMessageErrorCode } from '../errors.js'
import type { Bytes } from './bytes.js'

/** Reads the TLS presentation language (RFC 8446 section 3) with the lengths of RFC 9420 section 2.1.2. */
export class Reader {
  readonly #bytes: Bytes
  readonly #view: DataView
  readonly #name: string
  readonly #code: TargetedMessageErrorCode
  #offset = 0

  /** `name` is the structure that `bytes` should be; `code` is that of the error if they are not. */
  constructor(bytes: Bytes, name: string, code: TargetedMessageErrorCode = 'malformed') {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#name = name
    this.#code = code
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

  /** All that is left: a view, not a copy. */
  rest(): Bytes {
    return this.bytes(this.#bytes.length - this.#offset)
  }

  /** Refuses trailing bytes. */
  end(): void {
    const left = this.#bytes.length - this.#offset
    if (left > 0) throw this.malformed(`${left} byte(s) follow its end`)
  }

  malformed(why: string): TargetedMessageError {
    return fail(this.#code, `${this.#name}: ${why} at offset ${this.#offset}`)
  }

  /** RFC 9420 section 2.1.2: two bits give the length of the length, 0b11 is reserved, and lengths must be minimal. */
  #length(): number {
    const first = this.uint8()
    const log = first >> 6
    if (log === 3) throw this.malformed('the length has the reserved prefix 0b11')
    let length = first & 0x3f
    for (let i = 1; i < 1 << log; i++) length = length * 256 + this.uint8()
    if (log > 0 && length < (log === 1 ? 1 << 6 : 1 << 14))
      throw this.malformed('the length is not in its shortest form')
    return length
  }

  #take(length: number): number {
    const start = this.#offset
    if (length > this.#bytes.length - start)
      throw this.malformed(`it is cut off: ${length} byte(s) are expected`)
    this.#offset = start + length
    return start
  }
}
