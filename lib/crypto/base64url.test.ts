import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64url, fromBase64url } from './base64url.js'

test('RFC 4648 section 5 without padding, as Node has it, and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 140 }), (value) => {
      const bytes = new Uint8Array(value)
      const text = base64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(text)).toEqual(bytes)
    }),
  )
})

test('the characters that differ from base64', () => {
  expect(base64url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('-__-')
  expect(fromBase64url('-__-')).toEqual(Uint8Array.of(0xfb, 0xff, 0xfe))
  expect([base64url(new Uint8Array()), fromBase64url('').length]).toEqual(['', 0])
})
