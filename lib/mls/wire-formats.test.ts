import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import {
  decodeWireFormats,
  encodeWireFormats,
  listsTargetedMessages,
  REQUIRED_WIRE_FORMATS,
  SUPPORTED_WIRE_FORMATS,
} from './wire-formats.js'

describe('WireFormats, draft-ietf-mls-extensions-09 section 5', () => {
  test.each([
    [[6], '020006'],
    [[], '00'],
    [[6, 0xf001, 0], '060006f0010000'],
    [Array.from({ length: 32 }, () => 0x0a0a), `4040${'0a0a'.repeat(32)}`],
  ])('%j', (wireFormats, data) => {
    expect(hex(encodeWireFormats(wireFormats))).toBe(data)
    expect(decodeWireFormats(unhex(data))).toEqual(wireFormats)
  })

  test.each(['', '01', '0100', '03000600', '02000600', '40020006', 'c0'])('%s is malformed', async (data) => {
    await expectCode(() => decodeWireFormats(unhex(data)), 'malformed')
  })
})

describe('listsTargetedMessages', () => {
  const lists = (extensionType: unknown, extensionData: unknown) =>
    listsTargetedMessages(
      [
        { extensionType: 1, extensionData: unhex('020006') },
        { extensionType, extensionData },
      ],
      7,
    )

  test('the types are those of the draft', () => {
    expect([SUPPORTED_WIRE_FORMATS, REQUIRED_WIRE_FORMATS]).toEqual([0x0007, 0x0008])
  })

  test('in the extension of the type that is asked for, among others', () => {
    expect(lists(7, unhex('020006'))).toBe(true)
    expect(lists(7, unhex('040a0a0006'))).toBe(true)
    expect(listsTargetedMessages([], 7)).toBe(false)
    expect(lists(8, unhex('020006'))).toBe(false)
    expect(lists('7', unhex('020006'))).toBe(false)
    expect(lists(7, unhex('020005'))).toBe(false)
    expect(lists(7, unhex('0400000600'))).toBe(false)
    expect(lists(7, unhex('00'))).toBe(false)
  })

  test('what cannot be read lists nothing', () => {
    for (const data of ['', '0006', '02000600', '03000600', '0106', 'ff'])
      expect(lists(7, unhex(data))).toBe(false)
    for (const data of [undefined, null, '020006', [2, 0, 6], { wireFormats: [6] }])
      expect(lists(7, data)).toBe(false)
  })
})
