import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex } from '../../tests/support/hex.js'
import { randomBytes } from '../../tests/support/random-group.js'
import { MarkSet } from './mark-set.js'

/** Few different ones, so that they come again. */
const mark = fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 3 })).map(([first, middle, last]) => {
  const bytes = new Uint8Array(16)
  bytes[0] = first
  bytes[7] = middle
  bytes[15] = last
  return bytes
})

describe('MarkSet', () => {
  test('properties: has what was added, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), fc.array(mark), (added, others) => {
        const set = new MarkSet()
        for (const one of added) set.addAll(one)
        const names = new Set(added.map(hex))
        for (const one of [...added, ...others]) expect(set.has(one)).toBe(names.has(hex(one)))
      }),
    )
  })

  test('every byte counts', () => {
    const one = randomBytes(16)
    const set = new MarkSet()
    set.addAll(one)
    expect(set.has(one)).toBe(true)
    for (let at = 0; at < 16; at++)
      expect(set.has(one.map((byte, i) => (i === at ? byte ^ 1 : byte)))).toBe(false)
  })

  test('many, also from a view that begins anywhere, and after all growth', () => {
    const all = randomBytes(16 * 20_000 + 3)
    const set = new MarkSet()
    set.addAll(all.subarray(3))
    set.addAll(all.subarray(3, 16 * 100 + 3))
    for (let at = 3; at < all.length; at += 16) expect(set.has(all.subarray(at, at + 16))).toBe(true)
    for (let i = 0; i < 1000; i++) expect(set.has(randomBytes(16))).toBe(false)
  })

  test('keeps no memory of what it is given', () => {
    const one = randomBytes(16)
    const set = new MarkSet()
    set.addAll(one)
    const before = one.slice()
    one.fill(9)
    expect([set.has(before), set.has(one)]).toEqual([true, false])
  })
})
