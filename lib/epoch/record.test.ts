import { beforeAll, describe, expect, test } from 'vitest'
import { combinations, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { type RandomGroup, randomGroup } from '../../tests/support/random-group.js'
import { copies, holdsBytes, isCryptoKey, valuesIn } from '../../tests/support/records.js'
import { expectToWork } from '../../tests/support/round-trip.js'
import { isPeculiar } from '../../tests/support/runtime.js'
import { secretsOf } from '../../tests/support/secrets.js'
import { GroupEpoch } from '../index.js'

describe.each(combinations)('a record, revision $revision, suite $cipherSuite', (combination) => {
  let group: RandomGroup
  let epoch: GroupEpoch
  beforeAll(async () => {
    group = await randomGroup(combination)
    epoch = await GroupEpoch.create(group.as(0))
  })

  test('seals and opens', async () => expectToWork(group, await GroupEpoch.from(epoch.export())))

  test.each([...copies])('through %s', async (_, copy) => {
    const copied = await copy(epoch.export())
    // CryptoKeys that are JavaScript objects arrive as empty shells; that is said, not swallowed.
    if (isPeculiar) await expectCode(GroupEpoch.from(copied), 'invalid-input')
    else await expectToWork(group, await GroupEpoch.from(copied))
  })

  test('of a record of a record', async () => {
    const again = await GroupEpoch.from((await GroupEpoch.from(epoch.export())).export())
    await expectToWork(group, again)
    expect({ ...again.export(), secrets: {} }).toEqual({ ...epoch.export(), secrets: {} })
  })

  test('holds no secret bytes, and no key that gives its own', async () => {
    const record = epoch.export()
    const found = (bytes: Uint8Array) => holdsBytes(record, bytes)
    for (const { encryptionKey, signatureKey } of group.members) {
      expect([found(encryptionKey), found(signatureKey)]).toEqual([true, true])
    }
    for (const [name, secret] of await secretsOf(group.as(0))) expect(found(secret), name).toBe(false)
    const keys = [...valuesIn(record)].filter(isCryptoKey)
    // Where the engine cannot clone its keys, there is one, and the secrets are encrypted under it.
    expect(keys).toHaveLength(isPeculiar ? 1 : 4)
    for (const key of keys) expect(key.extractable).toBe(false)
  })
})

describe.each([1, 2])('a record is not the epoch, suite %i', (cipherSuite) => {
  let group: RandomGroup
  let epoch: GroupEpoch
  beforeAll(async () => {
    group = await randomGroup({ revision: '00', cipherSuite })
    epoch = await GroupEpoch.create(group.as(0))
  })

  test('what is done to it is not done to the epoch, nor to its other records', async () => {
    const record = epoch.export()
    const other = epoch.export()
    const { members } = record
    members.leafIndices.fill(9)
    for (const bytes of [record.groupId, record.groupContext]) bytes.fill(0)
    for (const bytes of [members.encryptionKeys, members.signatureKeys]) bytes.fill(0)
    for (const part of [record, members, record.secrets]) {
      for (const name of Object.keys(part)) Reflect.deleteProperty(part, name)
    }
    await expectToWork(group, epoch)
    await expectToWork(group, await GroupEpoch.from(other))
    expect({ ...epoch.export(), secrets: {} }).toEqual({ ...other, secrets: {} })
  })

  test('what is done to it later is not done to an epoch that is made of it', async () => {
    const record = epoch.export()
    const { members } = record
    const making = GroupEpoch.from(record)
    for (const bytes of [record.groupId, record.groupContext]) bytes.fill(0)
    for (const bytes of [members.encryptionKeys, members.signatureKeys]) bytes.fill(0)
    for (const part of valuesIn(record.secrets)) if (part instanceof Uint8Array) part.fill(0)
    await expectToWork(group, await making)
  })
})

describe('what a record keeps', () => {
  test('who and where', async () => {
    const { alice, as } = await couple({ cipherSuite: 2, epoch: 2n ** 64n - 1n })
    const { groupId, epoch } = as(0)
    const from = await GroupEpoch.from(alice.export())
    expect(from).toMatchObject({ groupId, epoch, cipherSuite: 2, leafIndex: 0 })
  })

  test('maxMessageLength', async () => {
    const epoch = await GroupEpoch.create({ ...(await randomGroup()).as(0), maxMessageLength: 1000 })
    const from = await GroupEpoch.from(epoch.export())
    const long = { recipientLeafIndex: 1, applicationData: new Uint8Array(2000) }
    await expectCode(from.seal(long), 'too-large')
  })

  test('an empty group id, one member, the highest leaf', async () => {
    const group = await randomGroup({ groupId: new Uint8Array(), leafIndices: [0xffffffff] })
    const record = (await GroupEpoch.create(group.as(0xffffffff))).export()
    expect(await GroupEpoch.from(record)).toMatchObject({ groupId: new Uint8Array(), leafIndex: 0xffffffff })
  })
})
