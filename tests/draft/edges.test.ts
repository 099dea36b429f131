import { describe, expect, test } from 'vitest'
import { GroupEpoch, inspect, readHeader } from '../../lib/index.js'
import { oracleOpen, oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { couple } from '../support/epochs.js'
import { hex } from '../support/hex.js'
import { type RandomGroupOptions, randomBytes, randomGroup } from '../support/random-group.js'
import { runtimeSuites } from '../support/runtime.js'
import { revisions } from '../support/suites.js'

const empty = new Uint8Array()

interface Edge {
  readonly group?: RandomGroupOptions
  readonly applicationData?: Uint8Array
  readonly authenticatedData?: Uint8Array
}

/** What the oracle can do as well: hpke-js takes no info and no psk_id over 65,536 and 8,192 bytes or so. */
const withOracle: [string, Edge][] = [
  ['no application data', { applicationData: empty }],
  ['an empty group id', { group: { groupId: empty } }],
  ['epoch 0', { group: { epoch: 0n } }],
  ['epoch 2^53 + 1', { group: { epoch: 2n ** 53n + 1n } }],
  ['epoch 2^64 - 1', { group: { epoch: 2n ** 64n - 1n } }],
  ['authenticated data of 20,000 bytes', { authenticatedData: randomBytes(20_000) }],
  ['application data of 1 MiB', { applicationData: randomBytes(2 ** 20) }],
  [
    'lengths on the borders of their prefixes',
    { applicationData: randomBytes(63), authenticatedData: randomBytes(64) },
  ],
  [
    'lengths on the next borders',
    { applicationData: randomBytes(16_383), authenticatedData: randomBytes(16_384) },
  ],
  ['an empty GroupContext', { group: { groupContext: empty } }],
]
const beyondOracle: [string, Edge][] = [
  ['a GroupContext over 65,536 bytes', { group: { groupContext: randomBytes(70_000) } }],
  ['a GroupContext of 1 MiB', { group: { groupContext: randomBytes(2 ** 20) } }],
  ['a group id of 9,000 bytes', { group: { groupId: randomBytes(9_000) } }],
]

const make = ({ group, applicationData = text('edge'), authenticatedData = empty }: Edge) => ({
  group,
  content: { recipientLeafIndex: 1, applicationData, authenticatedData },
  opened: { senderLeafIndex: 0, applicationData, authenticatedData },
})

/** toEqual takes seconds for a megabyte of bytes. */
const expectSame = (a: object, b: object) => {
  for (const [name, value] of Object.entries(b)) {
    const found: unknown = Reflect.get(a, name)
    if (value instanceof Uint8Array && found instanceof Uint8Array)
      expect(hex(found) === hex(value)).toBe(true)
    else expect(found).toBe(value)
  }
}

describe.each(revisions)('edges, revision %s', (revision) => {
  test.each(withOracle)('%s', async (_, edge) => {
    const { group, content, opened } = make(edge)
    const { alice, bob, as } = await couple({ revision, ...group })
    const message = await alice.seal(content)
    expectSame(readHeader(message), { groupId: as(0).groupId, epoch: as(0).epoch })
    expectSame(await bob.open(message), opened)
    expectSame(await oracleOpen(as(1), message), opened)
    expectSame(await bob.open(await oracleSeal(as(0), content)), opened)
  })

  test.each(beyondOracle)('%s', async (_, edge) => {
    const { group, content, opened } = make(edge)
    const { alice, bob } = await couple({ revision, ...group })
    expectSame(await bob.open(await alice.seal(content)), opened)
  })

  test.each(runtimeSuites)(
    'suite %i: no application data, no padding: the ciphertext is shorter than KDF.Nh',
    async (cipherSuite) => {
      const { alice, bob, as } = await couple({ revision, cipherSuite })
      const message = await alice.seal({ recipientLeafIndex: 1, applicationData: empty, padding: 0 })
      expect(inspect(message).at(-1)?.value).toHaveLength(17)
      expect((await bob.open(message)).applicationData).toEqual(empty)
      expect((await oracleOpen(as(1), message)).applicationData).toEqual(empty)
    },
  )

  test.each([
    [0xffffffff, 0],
    [0, 0xffffffff],
    [0xfffffffe, 0xffffffff],
  ])('from leaf %i to leaf %i', async (sender, recipientLeafIndex) => {
    const group = await randomGroup({ revision, leafIndices: [0, 0xffffffff, 0xfffffffe] })
    const from = await GroupEpoch.create(group.as(sender))
    const to = await GroupEpoch.create(group.as(recipientLeafIndex))
    const message = await from.seal({ recipientLeafIndex, applicationData: text('far') })
    expect((await to.open(message)).senderLeafIndex).toBe(sender)
    expect((await oracleOpen(group.as(recipientLeafIndex), message)).senderLeafIndex).toBe(sender)
  })

  test('two GroupContexts that differ in their last byte of 70,000: 00 tells them apart', async () => {
    const groupContext = randomBytes(70_000)
    const group = await randomGroup({ revision, groupContext })
    const alice = await GroupEpoch.create(group.as(0))
    const other = groupContext.map((byte, i) => (i === 69_999 ? byte ^ 1 : byte))
    const bob = await GroupEpoch.create({ ...group.as(1), groupContext: other })
    const opening = bob.open(await alice.seal({ recipientLeafIndex: 1, applicationData: text('x') }))
    if (revision === '00') await expect(opening).rejects.toHaveProperty('code', 'content')
    else await expect(opening).resolves.toHaveProperty('senderLeafIndex', 0)
  })
})
