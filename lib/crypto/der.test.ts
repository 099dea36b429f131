import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { Reader } from '../tls/reader.js'
import { bytes, encode, uint8, zeros } from '../tls/writer.js'
import { element, readElement, tag } from './der.js'

const read = (text: string, wanted = tag.octetString): Uint8Array =>
  readElement(new Reader(unhex(text), 'Thing'), wanted)
const content = (length: number): string => 'aa'.repeat(length)

describe('readElement, X.690 sections 8.1 and 10.1', () => {
  test.each([
    ['0400', 0],
    [`0401${content(1)}`, 1],
    [`047f${content(127)}`, 127],
    [`048180${content(128)}`, 128],
    [`0481ff${content(255)}`, 255],
    [`04820100${content(256)}`, 256],
    [`0482ffff${content(65535)}`, 65535],
  ])('reads the shortest length (%#)', (text, length) => {
    const reader = new Reader(unhex(text), 'Thing')
    expect(hex(readElement(reader, tag.octetString))).toBe(content(length))
    expect(reader.atEnd).toBe(true)
  })

  test.each([
    '048100',
    `0481${'7f'}${content(127)}`,
    '04820000',
    `0482007f${content(127)}`,
    `048200ff${content(255)}`,
    '0480',
    `0480${content(2)}0000`,
    '0483000001aa',
    `04830100${content(256)}`,
    '04840000000100',
    '04ff',
  ])('a longer, an indefinite and a reserved length are malformed (%#)', async (text) => {
    const error = await expectCode(() => read(text), 'malformed')
    expect(error.message).toContain('the DER length is not in its shortest form')
  })

  test('another tag is malformed, and so is a constructed one', async () => {
    for (const found of ['02', '24', '30', '05', '84', '1f', '00']) {
      const error = await expectCode(() => read(`${found}00`), 'malformed')
      expect(error.message).toMatch(/DER tag/)
    }
    await expectCode(() => read('0400', tag.integer), 'malformed')
    await expectCode(() => read('3000', tag.integer), 'malformed')
  })

  test('truncation anywhere is malformed', async () => {
    for (const whole of [`0403${content(3)}`, `048180${content(128)}`, `04820100${content(256)}`]) {
      for (let cut = 0; cut < whole.length; cut += 2) {
        const error = await expectCode(() => read(whole.slice(0, cut)), 'malformed')
        expect(error.message).toContain('it is cut off')
      }
    }
  })
})

describe('element', () => {
  test('writes the shortest length', () => {
    for (const length of [0, 1, 127, 128, 255]) {
      const written = encode(element(tag.octetString, zeros(length)))
      expect(written).toHaveLength(length + (length < 128 ? 2 : 3))
      expect(readElement(new Reader(written, 'Thing'), tag.octetString)).toEqual(new Uint8Array(length))
    }
  })

  test('nests', () => {
    const inner = element(tag.integer, uint8(5))
    expect(hex(encode(element(tag.sequence, inner), inner))).toBe('3003020105020105')
    expect(hex(encode(element(tag.octetString, bytes(Uint8Array.of(1, 2)))))).toBe('04020102')
  })
})
