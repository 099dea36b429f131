import { p256, p384, p521 } from '@noble/curves/nist.js'
import { describe, expect, test } from 'vitest'
import { concat } from '../../tests/oracle/wire.js'
import { hex } from '../../tests/support/hex.js'
import { uncompressPoint } from './ec-point.js'

const curves = [
  { name: 'P-256', curve: p256, size: 32 },
  { name: 'P-384', curve: p384, size: 48 },
  { name: 'P-521', curve: p521, size: 66 },
] as const

const whole = (key: Uint8Array): string | undefined => {
  const point = uncompressPoint(key)
  return point && hex(point)
}

describe.each(curves)('$name, SEC 1 section 2.3.4', ({ curve, size }) => {
  const { Fp, BASE } = curve.Point
  const x = (value: bigint): Uint8Array => Fp.toBytes(value)

  test('as another implementation has it, for both signs of y', () => {
    let point = BASE
    const signs = new Set<number | undefined>()
    for (let i = 0; i < 20; i++) {
      const compressed = point.toBytes(true)
      signs.add(compressed[0])
      expect(uncompressPoint(compressed)).toHaveLength(1 + 2 * size)
      expect(whole(compressed)).toBe(hex(point.toBytes(false)))
      expect(whole(point.negate().toBytes(true))).toBe(hex(point.negate().toBytes(false)))
      point = point.double().add(BASE)
    }
    expect(signs).toEqual(new Set([2, 3]))
  })

  test('coordinates with leading zeros keep their length', () => {
    const found = { x: false, y: false }
    for (let point = BASE; !found.x || !found.y; point = point.add(BASE)) {
      const bytes = point.toBytes(false)
      found.x ||= bytes[1] === 0
      found.y ||= bytes[1 + size] === 0
      if (bytes[1] === 0 || bytes[1 + size] === 0) expect(whole(point.toBytes(true))).toBe(hex(bytes))
    }
  })

  test('an x that no point has gives nothing', () => {
    const refused: bigint[] = []
    for (let value = 0n; value < 40n; value++) {
      const given = concat(Uint8Array.of(2), x(value))
      let expected: string | undefined
      try {
        expected = hex(curve.Point.fromBytes(given).toBytes(false))
      } catch {
        refused.push(value)
      }
      expect(whole(given)).toBe(expected)
    }
    expect(refused.length).toBeGreaterThan(5)
    expect(refused.length).toBeLessThan(35)
  })

  test('an x of p or more gives nothing, even where x - p has a point', () => {
    for (let value = Fp.ORDER; value < Fp.ORDER + 10n; value++) {
      const digits = value.toString(16).padStart(2 * size, '0')
      const bytes = Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
      expect(uncompressPoint(concat(Uint8Array.of(2), bytes))).toBeUndefined()
    }
    expect(uncompressPoint(new Uint8Array(1 + size).fill(0xff).fill(2, 0, 1))).toBeUndefined()
  })

  test('a key with another first octet stays as it is', () => {
    for (const first of [0, 1, 4, 5, 6, 7, 0x82]) {
      const given = concat(Uint8Array.of(first), BASE.toBytes(true).subarray(1))
      expect(uncompressPoint(given)).toBe(given)
    }
    const uncompressed = BASE.toBytes(false)
    expect(uncompressPoint(uncompressed)).toBe(uncompressed)
  })
})

test('a key of another length stays as it is', () => {
  for (const length of [0, 1, 32, 34, 48, 50, 57, 65, 66, 68, 97, 133, 1312]) {
    const given = new Uint8Array(length).fill(2)
    expect(uncompressPoint(given)).toBe(given)
  }
})
