import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as wire from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { sharedVectors } from '../../tests/vectors/reference.js'
import { Reader } from './reader.js'
import {
  ascii,
  bytes,
  encode,
  encodeInput,
  type Field,
  MAX_OPAQUE_LENGTH,
  opaque,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  zeros,
} from './writer.js'

/** Counts the arrays that are made while a test runs. */
function countArrays(): { count: number } {
  const made = { count: 0 }
  const Original = Uint8Array
  const counting: typeof Uint8Array = new Proxy(Original, {
    construct: (target, parameters): object => {
      made.count++
      return Reflect.construct(target, parameters)
    },
  })
  vi.stubGlobal('Uint8Array', counting)
  return made
}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A field of `length` bytes that writes none of them. */
const hollow = (length: number): Field => ({ length, write: () => {} })

describe('encoding, RFC 8446 section 3', () => {
  test('numbers are big-endian', () => {
    const all = encode(uint8(0xff), uint16(0xfffe), uint32(0xfffffffd), uint64(0xfffffffffffffffcn))
    expect(hex(all)).toBe('fffffefffffffdfffffffffffffffc')
  })

  test('a label is its ASCII codes', () => {
    expect(hex(encode(ascii('MLS 1.0'), ascii('')))).toBe('4d4c5320312e30')
  })

  test('fields stand one after another; zeros leaves zero bytes', () => {
    const inner = struct(uint8(1), bytes(Uint8Array.of(2, 3)))
    expect(hex(encode(inner, zeros(2), struct(), opaque(inner)))).toBe('0102030000' + '03010203')
    expect(encode()).toEqual(new Uint8Array())
  })

  test('allocates once', () => {
    const content = new Uint8Array(20_000)
    const fields = [uint8(1), uint64(2n), opaque(struct(opaque(content), zeros(9))), bytes(content)]
    const made = countArrays()
    const out = encode(...fields)
    expect(made.count).toBe(1)
    expect(out).toHaveLength(1 + 8 + (4 + 4 + 20_000 + 9) + 20_000)
    expect(out.buffer.byteLength).toBe(out.length)
  })
})

describe('variable-size vectors, RFC 9420 section 2.1.2', () => {
  test.each([
    [0, '00'],
    [63, '3f'],
    [64, '4040'],
    [16383, '7fff'],
    [16384, '80004000'],
  ])('%i bytes begin with %s', (length, prefix) => {
    const content = new Uint8Array(length).fill(0xaa)
    const out = encode(opaque(content))
    expect(hex(out.subarray(0, out.length - length))).toBe(prefix)
    expect(out).toEqual(wire.opaque(content))
    expect(encode(opaque(bytes(content)))).toEqual(out)
  })

  test('the vectors of the MLS working group', (context) => {
    const file = 'external/rfc9420-deserialization.json'
    const vectors = sharedVectors<{ vlbytes_header: string; length: number }[]>(file)
    if (vectors === undefined) return context.skip()
    for (const { vlbytes_header, length } of vectors) {
      const header = new Uint8Array(vlbytes_header.length / 2)
      const field = opaque(hollow(length))
      field.write(header, 0)
      expect(hex(header)).toBe(vlbytes_header)
      expect(field.length).toBe(header.length + length)
    }
  })

  test('2^30 - 1 bytes are the most, and more is too-large before anything is allocated', async () => {
    const most = opaque(hollow(MAX_OPAQUE_LENGTH))
    const prefix = new Uint8Array(4)
    most.write(prefix, 0)
    expect([hex(prefix), most.length]).toEqual(['bfffffff', 4 + 2 ** 30 - 1])

    const made = countArrays()
    const error = await expectCode(() => encode(opaque(hollow(2 ** 30))), 'too-large')
    expect(error.message).toMatch(/at most 2\^30 - 1 bytes, not 1073741824/)
    await expectCode(() => encode(opaque(struct(most))), 'too-large')
    expect(made.count).toBe(0)
  })
})

interface Kind {
  readonly field: Field
  readonly reference: Uint8Array
  /** Reads it back; gives hex or the number. */
  read(reader: Reader): string | number | bigint
  readonly value: string | number | bigint
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 70 }),
  fc.constantFrom(63, 64, 16383, 16384).map((length) => new Uint8Array(length).fill(length)),
)
const numbers = <T extends number | bigint>(
  values: fc.Arbitrary<T>,
  name: 'uint8' | 'uint16' | 'uint32' | 'uint64',
  write: (value: T) => Field,
  reference: (value: T) => Uint8Array,
): fc.Arbitrary<Kind> =>
  values.map((value) => ({
    field: write(value),
    reference: reference(value),
    read: (reader) => reader[name](),
    value,
  }))
const kinds: fc.Arbitrary<Kind> = fc.oneof(
  numbers(fc.integer({ min: 0, max: 0xff }), 'uint8', uint8, (value) => Uint8Array.of(value)),
  numbers(fc.integer({ min: 0, max: 0xffff }), 'uint16', uint16, wire.uint16),
  numbers(fc.integer({ min: 0, max: 0xffffffff }), 'uint32', uint32, wire.uint32),
  numbers(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), 'uint64', uint64, wire.uint64),
  content.map((value) => ({
    field: opaque(value),
    reference: wire.opaque(value),
    read: (reader: Reader) => hex(reader.opaque()),
    value: hex(value),
  })),
  content.map((value) => ({
    field: bytes(value),
    reference: value,
    read: (reader: Reader) => hex(reader.bytes(value.length)),
    value: hex(value),
  })),
)

describe('encodeInput', () => {
  test('writes what encode writes, and no byte of memory twice', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 20, maxLength: 60 })
    fc.assert(
      fc.property(lengths, (all) => {
        const given = all.map((length, i) => bytes(new Uint8Array(length).fill(i + 1)))
        const written = given.map((field) => encodeInput(field))
        // Looked at when all are written: a byte used twice would have changed.
        expect(written.map(hex)).toEqual(given.map((field) => hex(encode(field))))
      }),
    )
  })

  test('short ones share a buffer, of which only 8 KiB are kept; a long one has its own', () => {
    const short = Array.from({ length: 100 }, () => encodeInput(zeros(100)))
    expect(new Set(short.map(({ buffer }) => buffer)).size).toBeLessThanOrEqual(3)
    expect(short.at(-1)?.buffer.byteLength).toBe(8192)
    expect(encodeInput(zeros(1024)).buffer.byteLength).toBe(8192)
    expect(encodeInput(zeros(1025)).buffer.byteLength).toBe(1025)
  })
})

describe('properties', () => {
  test('what is written is read back, byte for byte as another encoder has it', () => {
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 8 }), (all) => {
        const written = encode(opaque(struct(...all.map(({ field }) => field))))
        expect(hex(written)).toBe(hex(wire.opaque(wire.concat(...all.map(({ reference }) => reference)))))
        const outer = new Reader(written, 'Thing')
        const inner = new Reader(outer.opaque(), 'Things')
        outer.end()
        expect(all.map(({ read }) => read(inner))).toEqual(all.map(({ value }) => value))
        inner.end()
      }),
    )
  })

  test('any bytes either are the one encoding of what they decode to, or are malformed', () => {
    const prefixes = fc.constantFrom('', '00', '3f', '40', '4040', '7f', '80', '800040', 'c0')
    fc.assert(
      fc.property(prefixes, fc.uint8Array({ maxLength: 80 }), (prefix, tail) => {
        const given = wire.concat(unhex(prefix), tail)
        let read: Uint8Array
        try {
          read = new Reader(given, 'Thing').opaque()
        } catch (error) {
          expect(error).toMatchObject({ name: 'TargetedMessageError', code: 'malformed' })
          return
        }
        const again = encode(opaque(read))
        expect(hex(given.subarray(0, again.length))).toBe(hex(again))
      }),
    )
  })
})
