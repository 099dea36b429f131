import { TargetedMessageError } from '../errors.js'
import type { Bytes } from './bytes.js'

/** Something that knows its length before it is written, so that {@link encode} allocates once. */
export interface Field {
  readonly length: number
  write(out: Bytes, offset: number): void
}

/** The greatest length that RFC 9420 section 2.1.2 can express: 2^30 - 1 bytes. */
export const MAX_OPAQUE_LENGTH = 0x3fffffff

const view = (out: Bytes): DataView => new DataView(out.buffer, out.byteOffset, out.byteLength)

export const uint8 = (value: number): Field => ({
  length: 1,
  write: (out, offset) => view(out).setUint8(offset, value),
})

export const uint16 = (value: number): Field => ({
  length: 2,
  write: (out, offset) => view(out).setUint16(offset, value),
})

export const uint32 = (value: number): Field => ({
  length: 4,
  write: (out, offset) => view(out).setUint32(offset, value),
})

export const uint64 = (value: bigint): Field => ({
  length: 8,
  write: (out, offset) => view(out).setBigUint64(offset, value),
})

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

/** Bytes of the length prefix of `length` bytes (RFC 9420 section 2.1.2). */
const prefixLength = (length: number): number => (length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : 4)

/** `opaque<V>`, or a vector `T<V>` of the fields inside it. */
export function opaque(content: Uint8Array | Field): Field {
  const field = 'write' in content ? content : bytes(content)
  const { length } = field
  if (length > MAX_OPAQUE_LENGTH) {
    throw new TargetedMessageError(
      'too-large',
      `${length} bytes exceed the 2^30 - 1 of a variable-size vector`,
    )
  }
  const prefix = prefixLength(length)
  return {
    length: prefix + length,
    write: (out, offset) => {
      if (prefix === 1) out[offset] = length
      else if (prefix === 2) view(out).setUint16(offset, length | (1 << 14))
      else view(out).setUint32(offset, (length | (2 << 30)) >>> 0)
      field.write(out, offset + prefix)
    },
  }
}

/** Writes `fields` into one new array. */
export function encode(...fields: Field[]): Bytes {
  const all = struct(...fields)
  const out = new Uint8Array(all.length)
  all.write(out, 0)
  return out
}
