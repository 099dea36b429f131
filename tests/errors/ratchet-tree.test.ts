import { expect, test } from 'vitest'
import { readRatchetTree } from '../../lib/mls/ratchet-tree.js'
import { concat, opaque, uint16 } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { unhex } from '../support/hex.js'
import { leafNode } from '../support/leaf-nodes.js'

const leaf = (node: Uint8Array) => concat(unhex('0101'), node)
const treeOf = (...nodes: Uint8Array[]) => opaque(concat(...nodes))
const odd = opaque(unhex('000100'))
const none = opaque(new Uint8Array())

/** Five vectors of uint16, one of which has three bytes. */
const capabilities = (at: number) =>
  treeOf(
    leaf(leafNode({ capabilities: concat(...Array.from({ length: 5 }, (_, i) => (i === at ? odd : none))) })),
  )

const malformed: [tree: Uint8Array, sentence: string][] = [
  [unhex(''), 'ratchet_tree: it is cut off: 1 byte(s) are expected at offset 0'],
  [treeOf(unhex('02')), 'ratchet_tree: the presence octet is 2, not 0 or 1, at offset 1'],
  [treeOf(leaf(leafNode()), unhex('00')), 'ratchet_tree: the last node is blank at offset 176'],
  [treeOf(unhex('0102')), 'ratchet_tree: node 0 has type 2, not 1, at offset 2'],
  [treeOf(unhex('00'), unhex('0101')), 'ratchet_tree: node 1 has type 1, not 2, at offset 3'],
  [
    treeOf(unhex('00'), unhex('0102000003000000')),
    'ParentNode.unmerged_leaves: it is cut off: 4 byte(s) are expected at offset 0',
  ],
  ...['versions', 'cipher_suites', 'extensions', 'proposals', 'credentials'].map(
    (name, i): [Uint8Array, string] => [
      capabilities(i),
      `Capabilities.${name}: it is cut off: 2 byte(s) are expected at offset 2`,
    ],
  ),
  [
    treeOf(leaf(leafNode({ credential: concat(uint16(3), none) }))),
    'ratchet_tree: credential type 3 is neither basic nor x509 at offset 70',
  ],
  [
    treeOf(leaf(leafNode({ credential: concat(uint16(2), opaque(unhex('02aa'))) }))),
    'Credential.certificates: it is cut off: 2 byte(s) are expected at offset 1',
  ],
  [
    treeOf(leaf(leafNode({ source: unhex('04') }))),
    'ratchet_tree: leaf node source 4 does not exist at offset 90',
  ],
  [
    treeOf(leaf(leafNode({ extensions: opaque(unhex('00')) }))),
    'LeafNode.extensions: it is cut off: 2 byte(s) are expected at offset 0',
  ],
]

test.each(malformed.map(([tree, sentence]) => ({ tree, sentence })))(
  '$sentence',
  async ({ tree, sentence }) => {
    expect((await expectCode(() => readRatchetTree(tree), 'malformed')).message).toBe(sentence)
  },
)

test('what is no bytes', async () => {
  const { message } = await expectCode(
    () => Reflect.apply(readRatchetTree, undefined, ['tree']),
    'invalid-input',
  )
  expect(message).toBe('ratchetTree must be a Uint8Array')
})

test.each([null, 5, 'options'])('options that are none: %s', async (options) => {
  const { message } = await expectCode(
    () => Reflect.apply(readRatchetTree, undefined, [treeOf(leaf(leafNode())), options]),
    'invalid-input',
  )
  expect(message).toBe('the options must be an object')
})
