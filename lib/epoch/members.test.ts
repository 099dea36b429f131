import { p256, p384, p521 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oracleOpen } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { randomGroup } from '../../tests/support/random-group.js'
import { promisedSuites } from '../../tests/support/suites.js'
import { cipherSuite } from '../crypto/suites.js'
import { GroupEpoch } from '../index.js'
import type { Member } from '../mls/ratchet-tree.js'
import { packMembers, partOf } from './members.js'

/** Bytes, per suite. */
const lengths: Record<number, number> = { 1: 32, 2: 65, 5: 133, 7: 97 }

const curves = [
  { suite: 2, curve: p256 },
  { suite: 5, curve: p521 },
  { suite: 7, curve: p384 },
] as const

/** No engine is asked for these: any bytes of the right form will do. */
const member = (leafIndex: number, suite = 1) => ({
  leafIndex,
  encryptionKey: key(suite, leafIndex),
  signatureKey: key(suite, leafIndex + 1),
})

function key(suite: number, salt: number): Uint8Array {
  const bytes = Uint8Array.from({ length: lengths[suite] ?? 0 }, (_, i) => (i * 7 + salt) & 0xff)
  if (suite !== 1) bytes[0] = 4
  return bytes
}

const pack = (members: Iterable<Member>, suite = 1) => {
  const packed = packMembers(cipherSuite(suite), members)
  return {
    leafIndices: packed.leafIndices,
    encryptionKey: (leafIndex: number) => partOf(packed, packed.encryptionKeys, leafIndex),
    signatureKey: (leafIndex: number) => partOf(packed, packed.signatureKeys, leafIndex),
  }
}

describe('packed members', () => {
  test('finds every leaf of any set, given in any order, and no other', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 60 }), (indices) => {
        const members = pack(indices.map((index) => member(index)))
        const known = new Set(indices)
        for (let index = 0; index <= 501; index++) {
          const { encryptionKey, signatureKey } = member(index)
          expect(members.encryptionKey(index)).toEqual(known.has(index) ? encryptionKey : undefined)
          expect(members.signatureKey(index)).toEqual(known.has(index) ? signatureKey : undefined)
        }
      }),
      { numRuns: 20 },
    ))

  test('1,000 members from a generator, shuffled', () => {
    function* shuffled() {
      for (let i = 0; i < 1000; i++) yield member((i * 577) % 1000, 2)
    }
    const members = pack(shuffled(), 2)
    expect([...members.leafIndices]).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    for (let index = 0; index < 1000; index++) {
      expect(members.encryptionKey(index)).toEqual(member(index, 2).encryptionKey)
    }
    expect(members.encryptionKey(1000)).toBeUndefined()
  })

  test.each(promisedSuites)('suite %i: the greatest leaf index', (suite) => {
    const members = pack([member(0xffffffff, suite), member(0, suite)], suite)
    expect(members.signatureKey(0xffffffff)).toEqual(member(0xffffffff, suite).signatureKey)
    expect(members.signatureKey(0xfffffffe)).toBeUndefined()
  })

  test('are copies', () => {
    const given = member(3)
    const members = pack([given])
    given.encryptionKey.fill(0)
    expect(members.encryptionKey(3)).toEqual(member(3).encryptionKey)
  })
})

describe.each(curves)('compressed signature keys, cipher suite $suite', ({ suite, curve }) => {
  /** Multiples of the base point and of its negative: y even and odd. */
  const points = Array.from({ length: 8 }, (_, i) => curve.Point.BASE.multiply(BigInt((i >> 1) + 1))).map(
    (point, i) => (i % 2 === 0 ? point : point.negate()),
  )
  const compressed = points.map((point, leafIndex) => ({
    ...member(leafIndex, suite),
    signatureKey: point.toBytes(true),
  }))

  test('are made whole', () => {
    expect(new Set(compressed.map(({ signatureKey }) => signatureKey[0]))).toEqual(new Set([2, 3]))
    const members = pack(compressed, suite)
    for (const [i, point] of points.entries()) expect(members.signatureKey(i)).toEqual(point.toBytes(false))
  })

  test('a mixed group: create takes them, the own one too, and others verify', async () => {
    const group = await randomGroup({ cipherSuite: suite })
    const members = group.members.map((whole) => ({
      ...whole,
      signatureKey: curve.Point.fromBytes(whole.signatureKey).toBytes(whole.leafIndex < 2),
    }))
    const [alice, bob] = [0, 1].map((leaf) => GroupEpoch.create({ ...group.as(leaf), members }))
    if (!alice || !bob) return expect.fail('no members')
    const applicationData = text('from a compressed key')
    const message = await (await alice).seal({ recipientLeafIndex: 1, applicationData })
    expect(await (await bob).open(message)).toMatchObject({ senderLeafIndex: 0, applicationData })
    expect((await oracleOpen(group.as(1), message)).senderLeafIndex).toBe(0)
  })

  test('an encryption key has one form', async () => {
    const encryptionKey = points[0]?.toBytes(true)
    const length = curve.Point.BASE.toBytes(false).length
    const group = await randomGroup({ cipherSuite: suite })
    const members = [...group.members, { ...compressed[5], leafIndex: 5, encryptionKey }]
    const creating = Reflect.apply(GroupEpoch.create, GroupEpoch, [{ ...group.as(0), members }])
    expect((await expectCode(creating, 'invalid-input')).message).toBe(
      `encryptionKey of leaf 5 must be ${length} bytes long, not ${encryptionKey?.length}`,
    )
  })
})

describe('create refuses members', () => {
  const usage = /an option is missing or has the wrong type/
  const one = member(6)
  const point = key(2, 1)
  const two = { ...one, encryptionKey: point, signatureKey: point }

  const create = (members: unknown, suite: number): Promise<unknown> =>
    Reflect.apply(GroupEpoch.create, GroupEpoch, [
      {
        revision: '02',
        cipherSuite: suite,
        groupId: new Uint8Array(),
        epoch: 0n,
        exporterSecret: new Uint8Array(32),
        members,
        self: { leafIndex: 0, encryptionPrivateKey: key(1, 0), signaturePrivateKey: key(1, 0) },
      },
    ])

  test.each<[why: string, message: RegExp, members: unknown, suite?: number]>([
    ['that are nothing', usage, undefined],
    ['that are null', usage, null],
    ['that are no iterable', usage, { leafIndex: 0 }],
    ['that are a number', usage, 4],
    ['one of which is null', usage, [member(0), null, member(1)]],
    ['that are numbers', /leafIndex|leaf undefined/, [1, 2]],
    ['one of which is there twice', /leaf 4 twice/, [member(4), member(5), member(4)]],
    ['at leaf -1', /leafIndex.*, not -1/, [{ ...one, leafIndex: -1 }]],
    ['at leaf 2^32', /leafIndex.*, not 4294967296/, [{ ...one, leafIndex: 2 ** 32 }]],
    ['at leaf 1.5', /leafIndex.*, not 1.5/, [{ ...one, leafIndex: 1.5 }]],
    ['at a leaf in text', /leafIndex.*, not 1/, [{ ...one, leafIndex: '1' }]],
    ['at leaf 1n', /leafIndex|wrong type/, [member(0), { ...one, leafIndex: 1n }]],
    ['at a symbol', /leafIndex|wrong type/, [member(0), { ...one, leafIndex: Symbol('1') }]],
    [
      'with a short key',
      /encryptionKey of leaf 6 must be 32 bytes long, not 31/,
      [{ ...one, encryptionKey: new Uint8Array(31) }],
    ],
    [
      'with a long key',
      /signatureKey of leaf 6 must be 32 bytes long, not 33/,
      [{ ...one, signatureKey: new Uint8Array(33) }],
    ],
    ['with a key in hex', /encryptionKey of leaf 6 must be a Uint8Array/, [{ ...one, encryptionKey: 'aa' }]],
    ['without a key', /signatureKey of leaf 6 must be a Uint8Array/, [{ ...one, signatureKey: undefined }]],
    [
      'with a compressed point',
      /must be 65 bytes long, not 33/,
      [{ ...two, encryptionKey: new Uint8Array(33).fill(2) }],
      2,
    ],
    [
      'with a point of another form',
      /signatureKey of leaf 6 must be an uncompressed point on P-256/,
      [{ ...two, signatureKey: new Uint8Array(65).fill(6) }],
      2,
    ],
    [
      'with a compressed signature key that is no point',
      /signatureKey of leaf 6 must be an uncompressed point on P-256/,
      [{ ...two, signatureKey: new Uint8Array(33).fill(0xff).fill(2, 0, 1) }],
      2,
    ],
    [
      'with a compressed signature key of another curve',
      /signatureKey of leaf 6 must be 65 bytes long, not 97/,
      [{ ...two, signatureKey: p384.Point.BASE.toBytes(true) }],
      2,
    ],
    [
      'with a key of another suite',
      /must be 65 bytes long, not 32/,
      [{ ...two, signatureKey: one.signatureKey }],
      2,
    ],
    ['of whom none is oneself', /members has no leaf 0/, [one]],
  ])('%s', async (_, message, members, suite = 1) => {
    expect((await expectCode(create(members, suite), 'invalid-input')).message).toMatch(message)
  })

  test('from an iterable that throws: what it threw is the cause', async () => {
    const failure = new Error('the tree is gone')
    function* failing() {
      yield one
      throw failure
    }
    expect((await expectCode(create(failing(), 1), 'invalid-input')).cause).toBe(failure)
  })
})
