import { describe, expect, test } from 'vitest'
import { concat, opaque } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { tsMls1, tsMls2 } from '../../tests/support/groups/groups.js'
import { unhex } from '../../tests/support/hex.js'
import { leafNode } from '../../tests/support/leaf-nodes.js'
import { decodeKeyPackage } from './key-package.js'

const fields = (head: string) =>
  concat(
    unhex(head),
    opaque(new Uint8Array(32)), // init_key
    leafNode({ extensions: opaque(unhex('000702' + 'aabb')) }),
    opaque(unhex('f00100')),
    opaque(new Uint8Array(64)),
  )
const keyPackage = fields('0001' + '0005' + '0001' + '0001')

describe('an MLSMessage with a KeyPackage, RFC 9420 sections 6 and 10', () => {
  test('gives the LeafNode', () => {
    expect(decodeKeyPackage(keyPackage)).toEqual({
      encryptionKey: new Uint8Array(32).fill(0xee),
      signatureKey: new Uint8Array(32).fill(0x55),
      extensions: [{ extensionType: 7, extensionData: unhex('aabb') }],
    })
  })

  test.each([1, 2])('of ts-mls %i', async (version) => {
    const client = await (version === 1 ? tsMls1 : tsMls2).client(2)
    const { keyPackage } = await client.newcomer('bob')
    const { encryptionKey, signatureKey, extensions } = decodeKeyPackage(new Uint8Array(keyPackage))
    expect([encryptionKey.length, signatureKey.length, extensions]).toEqual([65, 65, []])
  })

  test.each(['0002000500010001', '0001000600010001', '0001000500020001'])(
    'begins otherwise: %s',
    async (head) => {
      await expectCode(() => decodeKeyPackage(fields(head)), 'malformed')
    },
  )

  test('a KeyPackage without its MLSMessage is malformed', async () => {
    await expectCode(() => decodeKeyPackage(keyPackage.slice(4)), 'malformed')
  })

  test('cut at any byte, and with a byte more', async () => {
    for (let length = 0; length < keyPackage.length; length++) {
      await expectCode(() => decodeKeyPackage(keyPackage.slice(0, length)), 'malformed')
    }
    await expectCode(() => decodeKeyPackage(concat(keyPackage, unhex('00'))), 'malformed')
  })
})
