import { describe, expect, test } from 'vitest'
import { concat } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { unhex } from '../../tests/support/hex.js'
import { sharedVectors } from '../../tests/vectors/reference.js'
import { Reader } from './reader.js'

const reader = (hex: string): Reader => new Reader(unhex(hex), 'Thing')

describe('numbers, RFC 8446 section 3.3', () => {
  test('are big-endian, and the offset follows', () => {
    const all = reader('ff fffe fffffffd fffffffffffffffc'.replaceAll(' ', ''))
    expect([all.offset, all.uint8()]).toEqual([0, 0xff])
    expect([all.offset, all.uint16()]).toEqual([1, 0xfffe])
    expect([all.offset, all.uint32()]).toEqual([3, 0xfffffffd])
    expect([all.offset, all.uint64()]).toEqual([7, 0xfffffffffffffffcn])
    expect([all.offset, all.atEnd]).toEqual([15, true])
    all.end()
  })

  test('are read inside a view of a larger buffer', () => {
    const memory = unhex('aa0102030405060708bb')
    expect(new Reader(memory.subarray(1, 9), 'Thing').uint64()).toBe(0x0102030405060708n)
  })

  test('truncated at each byte are malformed, and nothing is read', async () => {
    const reads = { uint8: 1, uint16: 2, uint32: 4, uint64: 8 } as const
    for (const [name, length] of Object.entries(reads) as [keyof typeof reads, number][]) {
      for (let cut = 0; cut < length; cut++) {
        const short = reader('01'.repeat(cut))
        const error = await expectCode(() => short[name](), 'malformed')
        expect(error.message).toBe(`Thing: it is cut off: ${length} byte(s) are expected at offset 0`)
        expect(short.offset).toBe(0)
      }
    }
  })
})

describe('variable-size vectors, RFC 9420 section 2.1.2', () => {
  test('the examples of the section', () => {
    expect(reader(`00`).opaque()).toHaveLength(0)
    expect(reader(`25${'11'.repeat(37)}`).opaque()).toHaveLength(37)
    expect(reader(`7bbd${'11'.repeat(15293)}`).opaque()).toHaveLength(15293)
  })

  test('the vectors of the MLS working group', async (context) => {
    const file = 'external/rfc9420-deserialization.json'
    const vectors = sharedVectors<{ vlbytes_header: string; length: number }[]>(file)
    if (vectors === undefined) return context.skip()
    expect(vectors).toHaveLength(14)
    for (const { vlbytes_header, length } of vectors) {
      const header = unhex(vlbytes_header)
      if (length < 1 << 20) {
        const whole = new Reader(concat(header, new Uint8Array(length)), 'Thing')
        expect(whole.opaque()).toHaveLength(length)
        whole.end()
      }
      if (length > 0) {
        const error = await expectCode(() => new Reader(header, 'Thing').opaque(), 'malformed')
        expect(error.message).toContain(`it is cut off: ${length} byte(s) are expected`)
      }
    }
  })

  test.each([
    ['4000', 0],
    ['403f', 63],
    ['80000000', 0],
    ['8000003f', 63],
    ['80003fff', 16383],
  ])('a length that is longer than needed is malformed: %s', async (prefix, length) => {
    const given = reader(prefix + '00'.repeat(length))
    const error = await expectCode(() => given.opaque(), 'malformed')
    expect(error.message).toContain('not in its shortest form')
  })

  test('the reserved prefix 0b11 is malformed, whatever follows', async () => {
    for (let first = 0xc0; first <= 0xff; first++) {
      const given = new Reader(concat(Uint8Array.of(first), new Uint8Array(80)), 'Thing')
      const error = await expectCode(() => given.opaque(), 'malformed')
      expect(error.message).toContain('the length has the reserved prefix 0b11')
    }
  })

  test.each(['02aabb', `4040${'aa'.repeat(64)}`, `80004000${'aa'.repeat(0x4000)}`])(
    'truncation in the length and in the contents is malformed (%#)',
    async (hex) => {
      const whole = unhex(hex)
      const cuts = whole.length < 100 ? Array.from(whole.keys()) : [0, 1, 2, 3, 4, whole.length - 1]
      for (const cut of cuts) {
        const error = await expectCode(
          () => new Reader(whole.subarray(0, cut), 'Thing').opaque(),
          'malformed',
        )
        expect(error.message).toContain('it is cut off')
      }
      expect(new Reader(whole, 'Thing').opaque().every((byte) => byte >= 0xaa)).toBe(true)
    },
  )
})

describe('reading copies nothing', () => {
  test('bytes, opaque and rest are views', () => {
    const memory = unhex('aa0102020304ff05')
    const views = new Reader(memory.subarray(1), 'Thing')
    const parts = [views.bytes(1), views.opaque(), views.bytes(0), views.rest(), views.rest()]
    expect(parts.map((part) => [part.byteOffset, part.length])).toEqual([
      [1, 1],
      [3, 2],
      [5, 0],
      [5, 3],
      [8, 0],
    ])
    for (const part of parts) expect(part.buffer).toBe(memory.buffer)
    expect(views.atEnd).toBe(true)
  })
})

test('end refuses trailing bytes', async () => {
  const given = reader('010203')
  for (const left of [3, 2, 1]) {
    const error = await expectCode(() => given.end(), 'malformed')
    expect(error.message).toBe(`Thing: ${left} byte(s) follow its end at offset ${3 - left}`)
    given.uint8()
  }
  given.end()
})

test('errors have the code that the reader was given', async () => {
  const given = () => new Reader(unhex('4000'), 'Key', 'invalid-input')
  await expectCode(() => given().uint32(), 'invalid-input')
  await expectCode(() => given().opaque(), 'invalid-input')
  await expectCode(() => given().end(), 'invalid-input')
  expect(given().malformed('strange')).toMatchObject({
    code: 'invalid-input',
    message: 'Key: strange at offset 0',
  })
})
