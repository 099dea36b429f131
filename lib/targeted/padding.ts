import { checkInteger } from '../check-argument.js'
import { fail } from '../errors.js'
import { type Bytes, checkBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { encode, MAX_OPAQUE_LENGTH, opaque, zeros } from '../tls/writer.js'

/** How many zero bytes to append: a number, or a function of the length in bytes of the content before padding. */
export type Padding = number | ((contentLength: number) => number)

/**
 * Padding by the Padmé rule (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication
 * with PURBs", section 4): a length of L bytes reveals at most O(log log L) bits, for at most 12 % more bytes.
 */
export function padme(contentLength: number): number {
  const exponent = 31 - Math.clz32(contentLength)
  const kept = 32 - Math.clz32(exponent)
  const unit = 2 ** Math.max(0, exponent - kept)
  return Math.ceil(contentLength / unit) * unit - contentLength
}

/** Padding to a multiple of `size` bytes. Throws `invalid-input` unless `size` is a positive integer. */
export function blocks(size: number): (contentLength: number) => number {
  checkInteger(size, 'the size of blocks', 1)
  return (contentLength) => Math.ceil(contentLength / size) * size - contentLength
}

/** How many bytes a `TargetedMessageContent` will have. Throws `invalid-input` for padding that is not a length. */
export function contentLength(applicationData: Uint8Array, padding: Padding): number {
  const { length } = opaque(checkBytes(applicationData, 'applicationData'))
  return length + checkInteger(typeof padding === 'function' ? padding(length) : padding, 'padding', 0)
}

/**
 * `TargetedMessageContent`, draft section 5.1: a copy of the application data, then zero bytes up to `length`, the result of
 * {@link contentLength}. Throws `too-large`.
 */
export function encodeContent(applicationData: Uint8Array, length: number): Bytes {
  if (length > MAX_OPAQUE_LENGTH)
    throw fail('too-large', `the content has ${length} bytes, which is more than 2^30 - 1`)
  const data = opaque(applicationData)
  return encode(data, zeros(length - data.length))
}

/** A copy of the application data, without the padding. Throws `malformed`, and `padding` if the padding is not all zero. */
export function decodeContent(content: Bytes): Bytes {
  const reader = new Reader(content, 'TargetedMessageContent')
  const applicationData = reader.opaque()
  // Every byte is checked, so that the sender cannot learn how far the check came.
  let bits = 0
  for (const byte of reader.rest()) bits |= byte
  if (bits !== 0) throw fail('padding', 'the padding is not all zero')
  return applicationData.slice()
}
