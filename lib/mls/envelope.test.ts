import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { Reader } from '../tls/reader.js'
import { encode } from '../tls/writer.js'
import { envelope, readEnvelope } from './envelope.js'

const read = (text: string): Reader => {
  const reader = new Reader(unhex(text), 'MLSMessage')
  readEnvelope(reader)
  return reader
}

describe('the head of an MLSMessage, RFC 9420 section 6', () => {
  test('mls10 and the wire format of targeted messages', () => {
    expect(hex(encode(envelope))).toBe('00010006')
    const reader = read('00010006ff')
    expect([reader.offset, reader.atEnd]).toEqual([4, false])
  })

  test.each(['0000', '0002', '0100', 'ffff'])('version %s is malformed', async (version) => {
    const error = await expectCode(() => read(`${version}0006`), 'malformed')
    expect(error.message).toMatch(/version/)
  })

  test.each(['0000', '0001', '0002', '0003', '0004', '0005', '0007', '0600', 'ffff'])(
    'wire format %s is malformed',
    async (wireFormat) => {
      const error = await expectCode(() => read(`0001${wireFormat}`), 'malformed')
      expect(error.message).toMatch(/wire format/)
    },
  )

  test.each(['', '00', '0001', '000100'])('truncated to "%s" is malformed', async (text) => {
    await expectCode(() => read(text), 'malformed')
  })
})
