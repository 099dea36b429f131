import { p256, p384, p521 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js'
import { describe, expect, test } from 'vitest'
import * as wire from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { createMlsGroup, leavesOf, stateOf, tsMls1 } from '../../tests/support/groups/groups.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { leafNode } from '../../tests/support/leaf-nodes.js'
import { onNodeCrypto } from '../../tests/support/node-crypto.js'
import { sharedVectors } from '../../tests/vectors/reference.js'
import { type Member, readRatchetTree } from './ratchet-tree.js'

const { concat, opaque, uint32 } = wire
type Bytes = Uint8Array<ArrayBuffer>

const printable = ({ leafIndex, encryptionKey, signatureKey }: Member) => [
  leafIndex,
  hex(encryptionKey),
  hex(signatureKey),
]

/** The members by another decoder, and how many nodes are not blank. */
function byTsMls(tree: Uint8Array): { members: Member[]; nonBlank: number } {
  const [nodes = []] = decodeRatchetTree(tree, 0) ?? []
  const members = nodes.flatMap((node, nodeIndex) => {
    if (node?.nodeType !== 'leaf') return []
    const { hpkePublicKey: encryptionKey, signaturePublicKey: signatureKey } = node.leaf
    return { leafIndex: nodeIndex / 2, encryptionKey, signatureKey }
  })
  return { members, nonBlank: nodes.filter((node) => node !== undefined).length }
}

interface Tree {
  tree: string
  cipher_suite: number
}

/** The trees of the MLS working group. */
const vectors = (): Bytes[] | undefined =>
  sharedVectors<Tree[]>('external/rfc9420-tree-validation.json')?.map(({ tree }) => unhex(tree))

describe('the trees of the MLS working group', () => {
  test('have the members that ts-mls reads', (context) => {
    const trees = vectors()
    if (trees === undefined) return context.skip()
    expect(trees).toHaveLength(20)
    for (const tree of trees) {
      const { members } = byTsMls(tree)
      expect(members.length).toBeGreaterThan(0)
      expect(readRatchetTree(tree).map(printable)).toEqual(members.map(printable))
    }
  })

  test('cut at any byte are malformed, but for whole nodes of which the last is not blank', async (context) => {
    const trees = vectors()
    if (trees === undefined) return context.skip()
    for (const tree of trees) {
      const nodes = new wire.Reader(tree).opaque()
      let read = 0
      for (let cut = 1; cut <= nodes.length; cut++) {
        const shorter = opaque(nodes.subarray(0, cut))
        try {
          readRatchetTree(shorter)
          read++
        } catch (error) {
          expect(error).toMatchObject({ name: 'TargetedMessageError', code: 'malformed' })
        }
      }
      expect(read).toBe(byTsMls(tree).nonBlank)
    }
  })

  test('in a message: rfc9420-messages.json', (context) => {
    const messages = sharedVectors<{ ratchet_tree: string }[]>('external/rfc9420-messages.json')
    if (messages === undefined) return context.skip()
    for (const { ratchet_tree } of messages) {
      const tree = unhex(ratchet_tree)
      expect(readRatchetTree(tree).map(printable)).toEqual(byTsMls(tree).members.map(printable))
    }
  })
})

const blank = unhex('00')
const leaf = (fill: number): Bytes =>
  concat(unhex('0101'), leafNode({ encryptionKey: opaque(new Uint8Array(32).fill(fill)) }))
const parent = (...unmerged: number[]): Bytes =>
  concat(
    unhex('0102'),
    opaque(new Uint8Array(32)),
    opaque(unhex('aa')),
    opaque(concat(...unmerged.map(uint32))),
  )
const treeOf = (...nodes: Bytes[]): Bytes => opaque(concat(...nodes))
const members = (...nodes: Bytes[]) =>
  readRatchetTree(treeOf(...nodes)).map(({ leafIndex, encryptionKey }) => [leafIndex, encryptionKey[0]])

describe('ratchet_tree, RFC 9420 section 12.4.3.3', () => {
  test('leaf i is node 2i; blank nodes and parents are no members', () => {
    expect(members(leaf(1))).toEqual([[0, 1]])
    expect(members(leaf(1), parent(), leaf(2))).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(members(blank, blank, leaf(2), parent(1, 3), blank, blank, leaf(4))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('the members do not hold on to the memory of the caller', () => {
    const memory = treeOf(leaf(1))
    const [member] = readRatchetTree(memory)
    memory.fill(0)
    expect(member?.encryptionKey).toEqual(new Uint8Array(32).fill(1))
  })

  test('a tree without nodes has no members', () => {
    expect(readRatchetTree(unhex('00'))).toEqual([])
  })

  test('anything but a Uint8Array is invalid-input', async () => {
    for (const given of [undefined, null, 'tree', [0], new ArrayBuffer(1)] as readonly unknown[]) {
      await expectCode(() => readRatchetTree(given as Uint8Array), 'invalid-input')
    }
  })

  const signed = (signatureKey: Bytes): Bytes =>
    treeOf(concat(unhex('0101'), leafNode({ signatureKey: opaque(signatureKey) })))

  test.each([p256, p384, p521])('a compressed signature key is made whole', ({ Point }) => {
    for (const point of [Point.BASE, Point.BASE.negate()]) {
      const [member] = readRatchetTree(signed(concat(point.toBytes(true))))
      expect(member?.signatureKey).toEqual(point.toBytes(false))
    }
  })

  test.each([2, 5, 7] as const)('a tree of ts-mls, which compresses, suite %i', async (cipherSuite) => {
    const names = ['alice', 'bob', 'carol']
    const group = await onNodeCrypto(() => createMlsGroup({ stack: tsMls1, cipherSuite, members: names }))
    const state = stateOf(group, 'bob')
    expect(leavesOf(state, cipherSuite).map(printable)).toEqual(
      readRatchetTree(concat(encodeRatchetTree(state.ratchetTree))).map(printable),
    )
  })

  test('a compressed signature key that is no point is malformed', async () => {
    const tree = signed(new Uint8Array(33).fill(0xff).fill(3, 0, 1))
    expect((await expectCode(() => readRatchetTree(tree), 'malformed')).message).toMatch(
      'signature_key is not a point on its curve',
    )
  })

  test('an encryption key stays as it is', () => {
    const compressed = concat(p256.Point.BASE.toBytes(true))
    const tree = treeOf(concat(unhex('0101'), leafNode({ encryptionKey: opaque(compressed) })))
    expect(readRatchetTree(tree)[0]?.encryptionKey).toEqual(compressed)
  })

  const cases: Record<string, Bytes> = {
    'nothing at all': unhex(''),
    'a blank last node': treeOf(leaf(1), blank, blank),
    'blank nodes alone': treeOf(blank),
    'a parent at an even node': treeOf(parent()),
    'a leaf at an odd node': treeOf(leaf(1), leaf(2)),
    'node type 0': treeOf(unhex('0100')),
    'node type 3': treeOf(leaf(1), unhex('0103')),
    'a presence octet of 2': treeOf(concat(unhex('02'), leaf(1).subarray(1))),
    'half an unmerged leaf': treeOf(leaf(1), unhex('01020000020000'), leaf(2)),
    'trailing bytes': concat(treeOf(leaf(1)), unhex('00')),
    'a length over the end': unhex('0500'),
    'a length that is not minimal': concat(unhex('4001'), unhex('00')),
    'the reserved prefix': concat(unhex('c0'), leaf(1)),
  }

  test.each(Object.entries(cases))('%s is malformed', async (_, bytes) => {
    await expectCode(() => readRatchetTree(bytes), 'malformed')
  })

  test('any change is read or is malformed, and nothing else is thrown', () => {
    const nodes = concat(leaf(1), parent(0, 1), leaf(2), blank, blank, blank, leaf(4))
    const edit = fc.record({
      at: fc.nat(nodes.length),
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 3 }),
    })
    fc.assert(
      fc.property(edit, ({ at, remove, insert }) => {
        const changed = opaque(concat(nodes.subarray(0, at), insert, nodes.subarray(at + remove)))
        try {
          expect(readRatchetTree(changed).length).toBeLessThanOrEqual(changed.length)
        } catch (error) {
          expect(error).toMatchObject({ name: 'TargetedMessageError', code: 'malformed' })
        }
      }),
      { numRuns: 500 },
    )
  })
})
