import fc from 'fast-check'
import { encodeGroupContext as encodeByTsMls } from 'ts-mls/groupContext.js'
import { expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { decodeGroupContext, encodeGroupContext } from './group-context.js'

test('GroupContext, RFC 9420 section 8.1, field by field', () => {
  const written = encodeGroupContext({
    cipherSuite: 5,
    groupId: unhex('aabb'),
    epoch: 2n ** 64n - 2n,
    treeHash: unhex('cc'),
    confirmedTranscriptHash: unhex(''),
    extensions: [
      { extensionType: 0xff01, extensionData: unhex('0102') },
      { extensionType: 3, extensionData: unhex('') },
    ],
  })
  const fields = ['0001', '0005', '02aabb', 'fffffffffffffffe', '01cc', '00', '08', 'ff01020102', '000300']
  expect(hex(written)).toBe(fields.join(''))
})

test('it is read as it was written', async () => {
  const given = {
    cipherSuite: 5,
    groupId: unhex('aabb'),
    epoch: 2n ** 64n - 2n,
    treeHash: unhex('cc'),
    confirmedTranscriptHash: unhex(''),
    extensions: [{ extensionType: 0xff01, extensionData: unhex('0102') }],
  }
  const written = encodeGroupContext(given)
  expect(decodeGroupContext(written)).toEqual(given)
  for (let length = 0; length < written.length; length++) {
    await expectCode(() => decodeGroupContext(written.slice(0, length)), 'malformed')
  }
  await expectCode(() => decodeGroupContext(new Uint8Array([...written, 0])), 'malformed')
  await expectCode(() => decodeGroupContext(written.fill(2, 1, 2)), 'malformed')
})

test('as ts-mls encodes it, for any contents', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constant(new Uint8Array(16_384)))
  const extension = fc.record({ extensionType: fc.integer({ min: 6, max: 0xffff }), extensionData: bytes })
  const context = fc.record({
    groupId: bytes,
    epoch: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    treeHash: bytes,
    confirmedTranscriptHash: bytes,
    extensions: fc.array(extension, { maxLength: 4 }),
  })
  fc.assert(
    fc.property(context, (given) => {
      const cipherSuite = 'MLS_256_DHKEMP384_AES256GCM_SHA384_P384'
      const expected = encodeByTsMls({ version: 'mls10', cipherSuite, ...given })
      const written = encodeGroupContext({ cipherSuite: 7, ...given })
      expect(hex(written)).toBe(hex(expected))
      expect(hex(encodeGroupContext(decodeGroupContext(written)))).toBe(hex(expected))
    }),
    { numRuns: 50 },
  )
})
