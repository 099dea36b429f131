import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { unhex } from '../../tests/support/hex.js'
import { blocks, contentLength, decodeContent, encodeContent, type Padding, padme } from './padding.js'

/** The content as `seal` makes it. */
const encode = (applicationData: Uint8Array, padding: Padding) =>
  encodeContent(applicationData, contentLength(applicationData, padding))

const length = fc.integer({ min: 0, max: 2 ** 30 })

describe('padme', () => {
  test('adds at most 12 %', () =>
    fc.assert(
      fc.property(length, (bytes) => {
        expect(padme(bytes)).toBeLessThanOrEqual(0.12 * bytes)
      }),
    ))

  test('adds whole bytes, none twice', () =>
    fc.assert(
      fc.property(length, (bytes) => {
        const padding = padme(bytes)
        expect(Number.isInteger(padding) && padding >= 0).toBe(true)
        expect(padme(bytes + padding)).toBe(0)
      }),
    ))

  test('never makes a longer content the shorter one', () =>
    fc.assert(
      fc.property(length, (bytes) => {
        expect(bytes + padme(bytes)).toBeLessThanOrEqual(bytes + 1 + padme(bytes + 1))
      }),
    ))

  test('leaves few lengths: E + 1 bits of mantissa for a length of E bits', () => {
    const lengths = new Set(Array.from({ length: 65_536 }, (_, bytes) => bytes + padme(bytes)))
    expect(lengths.size).toBeLessThan(200)
  })

  test.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [8, 0],
    [9, 1],
    [100, 4],
    [1000, 24],
    [65_537, 2047],
    [2 ** 30 - 1, 1],
  ])('%i bytes get %i', (bytes, padding) => expect(padme(bytes)).toBe(padding))
})

describe('blocks', () => {
  test('fills the last block', () =>
    fc.assert(
      fc.property(length, fc.integer({ min: 1, max: 100_000 }), (bytes, size) => {
        const padding = blocks(size)(bytes)
        expect((bytes + padding) % size).toBe(0)
        expect(padding).toBeLessThan(size)
      }),
    ))

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a size of %d', async (size) => {
    expect((await expectCode(() => blocks(size), 'invalid-input')).message).toMatch(
      /size of blocks must be an integer from 1/,
    )
  })
})

describe('TargetedMessageContent, section 5.1', () => {
  const data = unhex('616263')

  test.each<[string, Padding, string]>([
    ['none', 0, '03616263'],
    ['a number', 2, '036162630000'],
    ['blocks', blocks(8), '0361626300000000'],
    ['padme', padme, '03616263'],
    ['a function of the length with its prefix', (bytes) => bytes - 3, '0361626300'],
  ])('padding: %s', (_, padding, content) => expect(encode(data, padding)).toEqual(unhex(content)))

  test.each<[unknown]>([[-1], [1.5], [Number.NaN], [Number.POSITIVE_INFINITY], ['3'], [{}], [3n]])(
    'refuses padding of %s, also from a function',
    async (padding) => {
      for (const given of [padding, () => padding]) {
        const action = () => Reflect.apply(contentLength, undefined, [data, given])
        expect((await expectCode(action, 'invalid-input')).message).toMatch(/padding must be/)
      }
    },
  )

  test('refuses padding beyond what a vector can hold', async () => {
    await expectCode(() => encode(data, 2 ** 30), 'too-large')
    await expectCode(() => encode(data, Number.MAX_SAFE_INTEGER), 'too-large')
  })

  test('reads back what it writes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 200 }), (bytes, padding) => {
        expect(decodeContent(encode(bytes, padding))).toEqual(new Uint8Array(bytes))
      }),
    ))

  test('refuses any byte of padding that is not zero', () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: 63 }), fc.integer({ min: 1, max: 255 }), async (at, byte) => {
        const content = encode(data, 64)
        content[4 + at] = byte
        await expectCode(() => decodeContent(content), 'padding')
      }),
    ))

  test.each(['', '01', '0261', '40', '400161', '80000001', 'c0', 'ff'])('refuses %j', async (content) => {
    await expectCode(() => decodeContent(unhex(content)), 'malformed')
  })
})
