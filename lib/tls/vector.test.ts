import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { Reader } from './reader.js'
import { readOptional, readVector } from './vector.js'

const reader = (text: string): Reader => new Reader(unhex(text), 'Thing')

describe('readVector, RFC 9420 section 2.1.2', () => {
  const numbers = (given: Reader) => readVector(given, 'List', (item, index) => [index, item.uint16()])

  test('reads items until the vector is used up, and what follows stays', () => {
    const given = reader('06000100020003ff')
    expect(numbers(given)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    expect(given.uint8()).toBe(0xff)
    given.end()
  })

  test('an empty vector reads no item', () => {
    expect(numbers(reader('00'))).toEqual([])
  })

  test('an item cut short by the end of the vector is malformed, even when more bytes follow', async () => {
    const error = await expectCode(() => numbers(reader('0300010002')), 'malformed')
    expect(error.message).toBe('List: it is cut off: 2 byte(s) are expected at offset 2')
  })

  test('a vector longer than the bytes is malformed', async () => {
    const error = await expectCode(() => numbers(reader('04000100')), 'malformed')
    expect(error.message).toBe('Thing: it is cut off: 4 byte(s) are expected at offset 1')
  })

  test('items may be vectors, which copy nothing', () => {
    const memory = unhex('0402aabb00')
    const items = readVector(new Reader(memory, 'Thing'), 'List', (item) => item.opaque())
    expect(items.map(hex)).toEqual(['aabb', ''])
    for (const item of items) expect(item.buffer).toBe(memory.buffer)
  })
})

describe('readOptional, RFC 9420 section 2.1.1', () => {
  const optional = (given: Reader) => readOptional(given, (inside) => inside.uint8())

  test('0 is absent, 1 is present', () => {
    const both = reader('000107')
    expect(optional(both)).toBeUndefined()
    expect(optional(both)).toBe(7)
    expect(both.atEnd).toBe(true)
  })

  test('any other presence octet is malformed', async () => {
    for (let octet = 2; octet < 256; octet++) {
      const error = await expectCode(
        () => optional(new Reader(Uint8Array.of(octet, 7), 'Thing')),
        'malformed',
      )
      expect(error.message).toBe(`Thing: the presence octet is ${octet}, not 0 or 1, at offset 1`)
    }
  })

  test('a missing octet, and a missing value, are malformed', async () => {
    await expectCode(() => optional(reader('')), 'malformed')
    await expectCode(() => optional(reader('01')), 'malformed')
  })
})
