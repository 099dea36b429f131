import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
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

/** The slots of a set after 64 marks have come: 128, of four words each. */
function slotsOf(marks: Uint8Array<ArrayBuffer>): Uint32Array {
  const made: Uint32Array[] = []
  const construct = (target: typeof Uint32Array, args: unknown[]): Uint32Array => {
    const array: Uint32Array = Reflect.construct(target, args)
    made.push(array)
    return array
  }
  vi.stubGlobal('Uint32Array', new Proxy(Uint32Array, { construct }))
  new MarkSet().addAll(marks)
  vi.unstubAllGlobals()
  return made.find(({ length }) => length === 4 * 128) ?? expect.fail('there are not 128 slots')
}

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

  test('the choice of the slot is keyed: the same marks lie elsewhere in every set', () => {
    const marks = randomBytes(16 * 64)
    const slots = Array.from({ length: 4 }, () => String(slotsOf(marks)))
    expect(new Set(slots).size).toBe(4)
  })

  test.each([0, 4, 8, 12])('marks that differ in four bytes alone, from byte %i on, lie apart', (from) => {
    const marks = randomBytes(16 * 64)
    for (let at = 0; at < marks.length; at++) if (at % 16 < from || at % 16 >= from + 4) marks[at] = 7
    const isFull = (slot: number) => slots.subarray(4 * slot, 4 * slot + 4).some((word) => word !== 0)
    const slots = slotsOf(marks)
    const ends = Array.from({ length: 128 }, (_, i) => isFull(i) && !isFull((i + 1) % 128))
    // If all of them began in one slot, they would lie in one row.
    expect(ends.filter(Boolean).length).toBeGreaterThan(8)
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
