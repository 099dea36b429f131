import { fail } from '../errors.js'
import type { Bytes } from './bytes.js'

/** Something that knows its length before it is written, so that {@link encode} allocates once. */
export interface Field {
  readonly length: number
  write(out: Bytes, offset: number): void
}

/** The greatest length that RFC 9420 section 2.1.2 can express: 2^30 - 1 bytes. */
export const MAX_OPAQUE_LENGTH = 0x3fffffff

/** An unsigned integer in network byte order: an element of the array keeps the low eight bits of what it is given. */
const unsigned =
  (length: number) =>
  (value: number): Field => ({
    length,
    write: (out, offset) => {
      for (let i = offset + length, rest = value; i-- > offset; rest >>>= 8) out[i] = rest
    },
  })

export const uint8 = /* @__PURE__ */ unsigned(1)
export const uint16 = /* @__PURE__ */ unsigned(2)
export const uint32 = /* @__PURE__ */ unsigned(4)
export const uint64 = (value: bigint): Field =>
  struct(uint32(Number(value >> 32n)), uint32(Number(value & 0xffffffffn)))

/** Bytes as they are, without a length. */
export const bytes = (value: Uint8Array): Field => ({
  length: value.length,
  write: (out, offset) => out.set(value, offset),
})

/** `length` zero bytes: a new array holds nothing else. */
export const zeros = (length: number): Field => ({ length, write: () => {} })

/** Fields one after another. */
export const struct = (...fields: Field[]): Field => ({
  length: fields.reduce((sum, field) => sum + field.length, 0),
  write: (out, offset) => {
    let at = offset
    for (const field of fields) {
      field.write(out, at)
      at += field.length
    }
  },
})

/** `opaque<V>`, or a vector `T<V>` of the fields inside it (RFC 9420 section 2.1.2). */
export function opaque(content: Uint8Array | Field): Field {
  const field = 'write' in content ? content : bytes(content)
  const { length } = field
  if (length > MAX_OPAQUE_LENGTH) throw fail('too-large', `${length} bytes exceed the 2^30 - 1 of a vector`)
  if (length < 1 << 6) return struct(uint8(length), field)
  if (length < 1 << 14) return struct(uint16(length | (0b01 << 14)), field)
  return struct(uint32(length + 2 ** 31), field)
}

/** Writes `fields` into one new array. */
export function encode(...fields: Field[]): Bytes {
  const all = struct(...fields)
  const out = new Uint8Array(all.length)
  all.write(out, 0)
  return out
}
