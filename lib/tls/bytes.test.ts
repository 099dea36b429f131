import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { checkBytes, copyBytes, equalBytes, isBytes } from './bytes.js'

const fromOtherRealm: unknown = runInNewContext('new Uint8Array([1, 2, 3])')
const notBytes: readonly unknown[] = [
  undefined,
  null,
  'abc',
  [1, 2, 3],
  { length: 3, 0: 1, 1: 2, 2: 3 },
  new ArrayBuffer(3),
  new DataView(new ArrayBuffer(3)),
  new Uint8ClampedArray(3),
  new Uint16Array(3),
  Object.create(Uint8Array.prototype),
]

describe('isBytes', () => {
  test('takes a Uint8Array, also of another realm, and what extends it', () => {
    expect(fromOtherRealm).not.toBeInstanceOf(Uint8Array)
    for (const value of [new Uint8Array(), Buffer.from('abc'), fromOtherRealm]) {
      expect(isBytes(value)).toBe(true)
    }
  })

  test('takes nothing else', () => {
    for (const value of notBytes) expect(isBytes(value)).toBe(false)
  })
})

describe('equalBytes', () => {
  test('compares lengths and every byte', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(equalBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true)
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
    expect(equalBytes(bytes, Uint8Array.of(1, 2))).toBe(false)
    expect(equalBytes(Uint8Array.of(1, 2), bytes)).toBe(false)
    for (const i of [0, 1, 2]) {
      const other = bytes.slice()
      other[i] = 0x80
      expect(equalBytes(bytes, other)).toBe(false)
    }
  })
})

describe('checkBytes and copyBytes', () => {
  test('checkBytes gives the very array', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(checkBytes(bytes, 'groupId')).toBe(bytes)
    expect(checkBytes(bytes, 'groupId', 3)).toBe(bytes)
  })

  test('copyBytes gives memory of its own, of this realm', () => {
    const memory = Uint8Array.of(0, 1, 2, 3, 0)
    const copy = copyBytes(memory.subarray(1, 4), 'groupId', 3)
    memory.fill(9)
    expect(copy).toEqual(Uint8Array.of(1, 2, 3))
    expect(copy.buffer.byteLength).toBe(3)
    expect(copyBytes(fromOtherRealm, 'groupId')).toEqual(Uint8Array.of(1, 2, 3))
    expect(copyBytes(new Uint8Array(new SharedArrayBuffer(2)), 'groupId').buffer).toBeInstanceOf(ArrayBuffer)
  })

  test('anything else is invalid-input, with the name of the argument', async () => {
    for (const value of notBytes) {
      for (const check of [checkBytes, copyBytes]) {
        const error = await expectCode(() => check(value, 'groupId'), 'invalid-input')
        expect(error.message).toBe('groupId must be a Uint8Array')
      }
    }
  })

  test('bytes whose buffer was transferred are invalid-input', async () => {
    const bytes = new Uint8Array(3)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    for (const check of [checkBytes, copyBytes]) {
      const error = await expectCode(() => check(bytes, 'groupId'), 'invalid-input')
      expect(error.message).toMatch(/^groupId .*detached or resized/)
    }
  })

  test('a view that reaches beyond its buffer, which was made shorter, is invalid-input', async () => {
    const buffer: ArrayBuffer & { resize?(length: number): void } = Reflect.construct(ArrayBuffer, [
      3,
      { maxByteLength: 3 },
    ])
    const bytes = new Uint8Array(buffer, 0, 3)
    buffer.resize?.(1)
    for (const check of [checkBytes, copyBytes]) {
      const error = await expectCode(() => check(bytes, 'groupId'), 'invalid-input')
      expect(error.message).toMatch(/^groupId .*detached or resized/)
    }
  })

  test('another length is invalid-input, with both lengths', async () => {
    for (const check of [checkBytes, copyBytes]) {
      const error = await expectCode(() => check(new Uint8Array(31), 'exporterSecret', 32), 'invalid-input')
      expect(error.message).toBe('exporterSecret must be 32 bytes long, not 31')
      await expectCode(() => check(new Uint8Array(1), 'exporterSecret', 0), 'invalid-input')
    }
  })
})
