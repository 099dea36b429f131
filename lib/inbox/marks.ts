import type { Bytes } from '../tls/bytes.js'

/**
 * Marks are kept in buckets, so that a million of them cost little more than their own 16 bytes each. A bucket then has
 * 500 bytes, of which adding a mark rewrites all: Firefox's database spreads what is over 1,000 over several pages, and
 * is slower by a quarter.
 */

/** Bytes of a digest that are kept: no two messages share them, by chance or by anybody's work of 2^64 or less. */
export const MARK_LENGTH = 16

const BUCKET_BITS = 15

/** Where a digest belongs: 0 to 32,767. */
export const bucketOf = (digest: Bytes): number =>
  new DataView(digest.buffer, digest.byteOffset).getUint16(0) >> (16 - BUCKET_BITS)

/** The bucket with the digest in it; nothing where it is in it already. */
export function addMark(bucket: Bytes | undefined, digest: Bytes): Bytes | undefined {
  const marks = bucket ?? new Uint8Array()
  for (let start = 0; start < marks.length; start += MARK_LENGTH) {
    let i = 0
    while (i < MARK_LENGTH && marks[start + i] === digest[i]) i++
    if (i === MARK_LENGTH) return undefined
  }
  const out = new Uint8Array(marks.length + MARK_LENGTH)
  out.set(marks)
  out.set(digest.subarray(0, MARK_LENGTH), marks.length)
  return out
}
