import { fail } from '../errors.js'
import type { Bytes } from './bytes.js'

/**
 * Something that knows its length before it is written, so that {@link encode} allocates only once. Classes and not closures,
 * because a message has some hundred of these.
 */
export interface Field {
  readonly length: number
  write(out: Bytes, offset: number): void
}

/** The greatest length that RFC 9420 section 2.1.2 can express: 2^30 - 1 bytes. */
export const MAX_OPAQUE_LENGTH = 0x3fffffff

/** An unsigned integer in network byte order. */
class Unsigned implements Field {
  constructor(
    readonly length: number,
    readonly value: number,
  ) {}

  write(out: Bytes, offset: number): void {
    // An element of the array keeps only the low eight bits.
    for (let i = offset + this.length, rest = this.value; i-- > offset; rest >>>= 8) out[i] = rest
  }
}

/** Bytes as they are. */
class Raw implements Field {
  readonly length: number

  constructor(readonly value: Uint8Array) {
    this.length = value.length
  }

  write(out: Bytes, offset: number): void {
    out.set(this.value, offset)
  }
}

/** Fields one after another. */
class Struct implements Field {
  readonly length: number

  constructor(readonly fields: readonly Field[]) {
    let length = 0
    for (const field of fields) length += field.length
    this.length = length
  }

  write(out: Bytes, offset: number): void {
    let at = offset
    for (const field of this.fields) {
      field.write(out, at)
      at += field.length
    }
  }
}

export const uint8 = (value: number): Field => new Unsigned(1, value)
export const uint16 = (value: number): Field => new Unsigned(2, value)
export const uint32 = (value: number): Field => new Unsigned(4, value)
export const uint64 = (value: bigint): Field =>
  new Struct([uint32(Number(value >> 32n)), uint32(Number(value & 0xffffffffn))])

/** Bytes as they are, without a length. */
export const bytes = (value: Uint8Array): Field => new Raw(value)

/** The labels of RFC 9420 and RFC 9180, which are ASCII. */
class Ascii implements Field {
  readonly length: number

  constructor(readonly text: string) {
    this.length = text.length
  }

  write(out: Bytes, offset: number): void {
    for (let i = 0; i < this.length; i++) out[offset + i] = this.text.charCodeAt(i)
  }
}

/** `length` zero bytes: a new array holds nothing else. */
export const zeros = (length: number): Field => ({ length, write: () => {} })

/** The bytes of a text, without a length. */
export const ascii = (text: string): Field => new Ascii(text)

/** Fields one after another. */
export const struct = (...fields: Field[]): Field => new Struct(fields)

/** `opaque<V>`, or a vector `T<V>` of the fields inside it (RFC 9420 section 2.1.2). */
export function opaque(content: Uint8Array | Field): Field {
  // A Buffer of Node has a `write`, too.
  const field = 'byteLength' in content ? new Raw(content) : content
  const { length } = field
  if (length > MAX_OPAQUE_LENGTH)
    throw fail('too-large', `a vector holds at most 2^30 - 1 bytes, not ${length}`)
  if (length < 1 << 6) return new Struct([uint8(length), field])
  if (length < 1 << 14) return new Struct([uint16(length | (0b01 << 14)), field])
  return new Struct([uint32(length + 2 ** 31), field])
}

/** Writes `fields` into one new array. */
export function encode(...fields: Field[]): Bytes {
  const all = new Struct(fields)
  const out = new Uint8Array(all.length)
  all.write(out, 0)
  return out
}

/** What is left of a buffer that short inputs share. */
let pool = new Uint8Array()

/**
 * {@link encode} for inputs of SubtleCrypto that nobody else sees: a view of a buffer that it shares with other inputs. No byte
 * is used twice. Chromium takes a microsecond for each new buffer.
 */
export function encodeInput(...fields: Field[]): Bytes {
  const all = new Struct(fields)
  if (all.length > 1024) return encode(all)
  if (all.length > pool.length) pool = new Uint8Array(8192)
  const out = pool.subarray(0, all.length)
  pool = pool.subarray(all.length)
  all.write(out, 0)
  return out
}
