import { describe, expect, test } from 'vitest'
import * as wire from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { leafNode } from '../../tests/support/leaf-nodes.js'
import { revisions } from '../../tests/support/suites.js'
import { sharedVectors } from '../../tests/vectors/reference.js'
import { Reader } from '../tls/reader.js'
import { type LeafNode, readLeafNode } from './leaf-node.js'

const { concat, opaque, uint16 } = wire

function readAll(bytes: Uint8Array<ArrayBuffer>): LeafNode {
  const reader = new Reader(bytes, 'LeafNode')
  const leaf = readLeafNode(reader)
  reader.end()
  return leaf
}

test.for(revisions)('the senders of other implementations, revision %s', (revision, context) => {
  const file = `targeted-messages-${revision}.json`
  const vectors = sharedVectors<{ sender_leaf_node: string }[]>(file)
  if (vectors === undefined) return context.skip()
  expect(vectors).toHaveLength(3)
  for (const { sender_leaf_node } of vectors) {
    const bytes = unhex(sender_leaf_node)
    const leaf = readAll(bytes)
    const expected = new wire.Reader(bytes)
    expect(hex(leaf.encryptionKey)).toBe(hex(expected.opaque()))
    expect(hex(leaf.signatureKey)).toBe(hex(expected.opaque()))
  }
})

describe('LeafNode, RFC 9420 section 7.2', () => {
  const keys = {
    encryptionKey: new Uint8Array(32).fill(0xee),
    signatureKey: new Uint8Array(32).fill(0x55),
    extensions: [],
  }

  test('the keys are views, and what follows the node stays', () => {
    const memory = concat(leafNode(), unhex('ff'))
    const reader = new Reader(memory, 'LeafNode')
    const leaf = readLeafNode(reader)
    expect(leaf).toEqual(keys)
    expect([leaf.encryptionKey.buffer, leaf.encryptionKey.byteOffset]).toEqual([memory.buffer, 1])
    expect([leaf.signatureKey.buffer, leaf.signatureKey.byteOffset]).toEqual([memory.buffer, 34])
    expect(reader.uint8()).toBe(0xff)
    reader.end()
  })

  test('every credential of section 5.3', () => {
    const certificates = opaque(concat(opaque(new Uint8Array(70)), opaque(unhex('aa'))))
    for (const credential of [
      concat(uint16(1), opaque(unhex(''))),
      concat(uint16(2), certificates),
      concat(uint16(2), opaque(unhex(''))),
    ]) {
      expect(readAll(leafNode({ credential }))).toEqual(keys)
    }
  })

  test('every source: key package with a lifetime, update, commit with a parent hash', () => {
    for (const source of [
      concat(unhex('01'), new Uint8Array(16).fill(0xff)),
      unhex('02'),
      concat(unhex('03'), opaque(new Uint8Array(64))),
      concat(unhex('03'), opaque(unhex(''))),
    ]) {
      expect(readAll(leafNode({ source }))).toEqual(keys)
    }
  })

  test('extensions of any type', () => {
    const list = concat(uint16(1), opaque(unhex('0102')), uint16(0xfaaa), opaque(new Uint8Array(300)))
    const { extensions } = readAll(leafNode({ extensions: opaque(list) }))
    expect(extensions.map(({ extensionType }) => extensionType)).toEqual([1, 0xfaaa])
    expect(extensions.map(({ extensionData }) => extensionData.length)).toEqual([2, 300])
  })
})

describe('is malformed', () => {
  const cases: Record<string, Uint8Array<ArrayBuffer>> = {
    'credential type 0': leafNode({ credential: concat(uint16(0), opaque(unhex('00'))) }),
    'credential type 3': leafNode({ credential: concat(uint16(3), opaque(unhex('00'))) }),
    'a GREASE credential type': leafNode({ credential: concat(uint16(0x0a0a), opaque(unhex('00'))) }),
    'a certificate cut short': leafNode({ credential: concat(uint16(2), opaque(unhex('02aa'))) }),
    'source 0': leafNode({ source: unhex('00') }),
    'source 4': leafNode({ source: unhex('04') }),
    'half a type in the capabilities': leafNode({ capabilities: unhex('0300010000000000') }),
    'an extension without data': leafNode({ extensions: opaque(uint16(1)) }),
    'an extension cut short': leafNode({ extensions: opaque(concat(uint16(1), unhex('02aa'))) }),
    'a length that is not minimal': leafNode({ signature: unhex('400100') }),
    'trailing bytes': concat(leafNode(), new Uint8Array(1)),
  }

  test.each(Object.entries(cases))('%s', async (_, bytes) => {
    await expectCode(() => readAll(bytes), 'malformed')
  })

  test('truncation at each byte', async () => {
    const credential = concat(uint16(2), opaque(opaque(unhex('aabb'))))
    const extensions = opaque(concat(uint16(1), opaque(unhex('01'))))
    const whole = leafNode({ credential, source: concat(unhex('03'), opaque(unhex('cc'))), extensions })
    expect(readAll(whole).encryptionKey).toHaveLength(32)
    for (let cut = 0; cut < whole.length; cut++) {
      await expectCode(() => readAll(whole.slice(0, cut)), 'malformed')
    }
  })
})
