/** The little of the TLS presentation language that is needed to look into a message (RFC 9420 section 2.1). */

import { joined } from '../bytes.js'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => joined(parts)

/** Of `length` bytes, big-endian. */
export function uint(value: number | bigint, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(value))
  return new Uint8Array(view.buffer, 8 - length)
}

/** Length first. */
export function opaque(bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  if (length < 64) return concat(uint(length, 1), bytes)
  return length < 16_384
    ? concat(uint(length | 0x4000, 2), bytes)
    : concat(uint((length | 0x80000000) >>> 0, 4), bytes)
}

/** Takes one opaque value from the front, and returns it with the rest. */
export function splitOpaque(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  const size = 1 << ((bytes[0] ?? 0) >> 6)
  let length = (bytes[0] ?? 0) & 0x3f
  for (let i = 1; i < size; i++) length = length * 256 + (bytes[i] ?? 0)
  return [bytes.subarray(size, size + length), bytes.subarray(size + length)]
}
