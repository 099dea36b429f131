import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { referenceEpochs } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { expectOwnMemory } from '../../tests/support/expect-own-memory.js'
import { unhex } from '../../tests/support/hex.js'
import { revisions } from '../../tests/support/suites.js'
import { inspect, isTargetedMessage, readHeader } from './header.js'
import { encodeTargetedMessage, headerFields } from './structs.js'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((value) => new Uint8Array(value))
const anyMessage = fc.record({
  groupId: bytes(100),
  epoch: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  recipientLeafIndex: fc.integer({ min: 0, max: 0xffffffff }),
  authenticatedData: bytes(300),
  encryptedSenderAuthData: bytes(300),
  ciphertext: bytes(300),
})

/** Group 'abc', epoch 7, recipient 1, authenticated data 'd', then two and three bytes. */
const small = unhex('00010006 03616263 0000000000000007 00000001 0164 020102 03030405'.replaceAll(' ', ''))

describe('readHeader', () => {
  test('reads what anybody can read', () => {
    expect(readHeader(small)).toEqual({
      groupId: unhex('616263'),
      epoch: 7n,
      recipientLeafIndex: 1,
      authenticatedData: unhex('64'),
    })
  })

  test('gives what was written, without views of the message', () =>
    fc.assert(
      fc.property(anyMessage, ({ encryptedSenderAuthData, ciphertext, ...header }) => {
        const message = encodeTargetedMessage(headerFields(header), encryptedSenderAuthData, ciphertext)
        const read = readHeader(message)
        message.fill(0xff)
        expect(read).toEqual(header)
      }),
    ))

  test('gives memory of its own', () => {
    const { groupId, authenticatedData } = readHeader(small)
    expectOwnMemory(groupId, 3)
    expectOwnMemory(authenticatedData, 1)
  })

  test.each(revisions)('agrees with the reference vectors, revision %s', (revision) => {
    const { group } = referenceEpochs(revision, 2)
    const { groupId, epoch } = group
    for (const { recipientLeafIndex, authenticatedData, targetedMessage } of group.messages) {
      expect(readHeader(targetedMessage)).toEqual({ groupId, epoch, recipientLeafIndex, authenticatedData })
    }
  })

  test('refuses every truncation, and a trailing byte', async () => {
    for (let length = 0; length < small.length; length++) {
      await expectCode(() => readHeader(small.subarray(0, length)), 'malformed')
    }
    await expectCode(() => readHeader(Uint8Array.of(...small, 0)), 'malformed')
  })
})

describe('inspect', () => {
  test('names every byte in order', () => {
    expect(inspect(small)).toEqual([
      { name: 'version', offset: 0, length: 2, prefixLength: 0, value: 1 },
      { name: 'wireFormat', offset: 2, length: 2, prefixLength: 0, value: 6 },
      { name: 'groupId', offset: 4, length: 4, prefixLength: 1, value: unhex('616263') },
      { name: 'epoch', offset: 8, length: 8, prefixLength: 0, value: 7n },
      { name: 'recipientLeafIndex', offset: 16, length: 4, prefixLength: 0, value: 1 },
      { name: 'authenticatedData', offset: 20, length: 2, prefixLength: 1, value: unhex('64') },
      { name: 'encryptedSenderAuthData', offset: 22, length: 3, prefixLength: 1, value: unhex('0102') },
      { name: 'ciphertext', offset: 25, length: 4, prefixLength: 1, value: unhex('030405') },
    ])
  })

  test('leaves no gap, whatever the lengths', () =>
    fc.assert(
      fc.property(anyMessage, (fields) => {
        const message = encodeTargetedMessage(
          headerFields(fields),
          fields.encryptedSenderAuthData,
          fields.ciphertext,
        )
        let end = 0
        for (const { offset, length, prefixLength, value } of inspect(message)) {
          expect(offset).toBe(end)
          end += length
          if (value instanceof Uint8Array) {
            expect(prefixLength).toBe(value.length < 64 ? 1 : 2)
            expect(message.subarray(offset + prefixLength, end)).toEqual(value)
          }
        }
        expect(end).toBe(message.length)
      }),
    ))

  test('shows a length prefix of four bytes', () => {
    const ciphertext = new Uint8Array(16384)
    const empty = new Uint8Array()
    const header = { groupId: empty, epoch: 0n, recipientLeafIndex: 0, authenticatedData: empty }
    const message = encodeTargetedMessage(headerFields(header), empty, ciphertext)
    expect(inspect(message).at(-1)).toMatchObject({ name: 'ciphertext', length: 16388, prefixLength: 4 })
  })

  test('gives memory of its own', () => {
    for (const { value, length, prefixLength } of inspect(small)) {
      if (value instanceof Uint8Array) expectOwnMemory(value, length - prefixLength)
    }
  })

  test('refuses what is malformed', async () => {
    await expectCode(() => inspect(small.subarray(1)), 'malformed')
    await expectCode(() => inspect(Uint8Array.of(...small, 0)), 'malformed')
  })
})

describe('isTargetedMessage', () => {
  test.each([
    ['00010006', true],
    ['00010006ff', true],
    ['', false],
    ['000100', false],
    ['00010002', false],
    ['00020006', false],
    ['01000600', false],
  ])('%j: %s', (message, answer) => expect(isTargetedMessage(unhex(message))).toBe(answer))
})

test.each<[(message: Uint8Array) => unknown]>([[readHeader], [inspect], [isTargetedMessage]])(
  '%o refuses anything but a Uint8Array',
  async (read) => {
    for (const value of [undefined, null, '00010006', 6, [0, 1, 0, 6], new ArrayBuffer(4), Symbol('m')]) {
      const { message } = await expectCode(() => Reflect.apply(read, undefined, [value]), 'invalid-input')
      expect(message).toBe('message must be a Uint8Array')
    }
  },
)
