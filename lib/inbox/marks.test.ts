import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex } from '../../testing/hex.js'
import { randomBytes } from '../../testing/random-group.js'
import { addMark, bucketOf, MARK_LENGTH } from './marks.js'

type Bytes = Uint8Array<ArrayBuffer>

/** Digests of the hashes of all suites; few different ones, so that they come again. */
const digests = fc.constantFrom(32, 48, 64).chain((length) => {
  const digest = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3))
    .map(([first, last, rest]) => digestOf(length, first, last, rest))
  return fc.array(digest, { maxLength: 60 })
})

function digestOf(length: number, first: number, last: number, rest: number): Bytes {
  const digest = new Uint8Array(length)
  digest[0] = first
  digest[MARK_LENGTH - 1] = last
  digest[MARK_LENGTH] = rest
  return digest
}

describe('addMark', () => {
  test('properties: any digests: new the first time, seen after that', () => {
    fc.assert(
      fc.property(digests, (list) => {
        const seen = new Set<string>()
        let bucket: Bytes | undefined
        for (const digest of list) {
          const name = hex(digest.subarray(0, MARK_LENGTH))
          const before = bucket?.slice()
          const added = addMark(bucket, digest)
          expect(added === undefined).toBe(seen.has(name))
          expect(bucket).toEqual(before)
          seen.add(name)
          bucket = added ?? bucket
          expect(bucket).toHaveLength(seen.size * MARK_LENGTH)
        }
      }),
    )
  })

  test('keeps 16 bytes of a digest, and no memory of it', () => {
    const digest = randomBytes(32)
    const bucket = addMark(undefined, digest)
    expect(bucket).toEqual(digest.subarray(0, 16))
    expect(bucket?.buffer.byteLength).toBe(16)
    expect(addMark(bucket, digest.slice(0, 16))).toBeUndefined()
  })

  test('every one of the 16 bytes counts, and none after them', () => {
    const digest = randomBytes(32)
    const bucket = addMark(undefined, digest)
    for (let at = 0; at < 32; at++) {
      const other = digest.map((byte, i) => (i === at ? byte ^ 0x80 : byte))
      expect(addMark(bucket, other) === undefined, `byte ${at}`).toBe(at >= MARK_LENGTH)
    }
  })

  test('does not find a mark across two others', () => {
    const [a, b] = [randomBytes(16), randomBytes(16)]
    const bucket = addMark(addMark(undefined, a), b)
    const across = new Uint8Array([...a.subarray(8), ...b.subarray(0, 8)])
    expect(addMark(bucket, across)).toHaveLength(48)
  })
})

describe('bucketOf', () => {
  test('is the first 15 bits, of a view too', () => {
    expect(bucketOf(Uint8Array.of(0xff, 0xff, 0))).toBe(32_767)
    expect(bucketOf(Uint8Array.of(0x12, 0x34))).toBe(0x091a)
    expect(bucketOf(Uint8Array.of(0x99, 0x12, 0x35).subarray(1))).toBe(0x091a)
    expect(bucketOf(new Uint8Array(64))).toBe(0)
  })

  test('spreads digests over all 32,768', () => {
    const sizes = new Uint32Array(32_768)
    // 16 on average; by chance, less than one in 10^8 has over 60, and one in 10^2 runs an empty one.
    for (let i = 0; i < 16; i++) {
      const random = randomBytes(65_536)
      for (let at = 0; at < random.length; at += 2) {
        const bucket = bucketOf(random.subarray(at, at + 2))
        sizes[bucket] = (sizes[bucket] ?? 0) + 1
      }
    }
    expect(Math.max(...sizes)).toBeLessThan(60)
    expect(sizes.filter((size) => size === 0).length).toBeLessThan(5)
  })
})
