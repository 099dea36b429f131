import { beforeAll, describe, expect, test } from 'vitest'
import { text } from '../../tests/oracle/wire.js'
import { type Couple, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { expectOwnMemory } from '../../tests/support/expect-own-memory.js'
import { createMlsGroup, oracleMember, stateOf, tsMls1 } from '../../tests/support/groups/groups.js'
import { isPeculiar } from '../../tests/support/runtime.js'
import { revisions } from '../../tests/support/suites.js'
import { GroupEpoch } from '../index.js'

const applicationData = text('a message')
const authenticatedData = text('in the clear')

describe.each(revisions)('GroupEpoch, revision %s', (revision) => {
  let group: Couple
  beforeAll(async () => {
    group = await couple({ revision, cipherSuite: 2 })
  })

  test('seal copies before it awaits', async () => {
    const given = { applicationData: applicationData.slice(), authenticatedData: authenticatedData.slice() }
    const sealing = group.alice.seal({ recipientLeafIndex: 1, ...given })
    given.applicationData.fill(0x58)
    given.authenticatedData.fill(0x58)
    const opened = await group.bob.open(await sealing)
    expect(opened).toEqual({ senderLeafIndex: 0, applicationData, authenticatedData })
  })

  test('seal leaves the bytes given as they are', async () => {
    const given = { applicationData: applicationData.slice(), authenticatedData: authenticatedData.slice() }
    await group.alice.seal({ recipientLeafIndex: 1, ...given })
    expect(given).toEqual({ applicationData, authenticatedData })
  })

  test('open copies before it awaits', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData, authenticatedData })
    const opening = group.bob.open(message)
    message.fill(0)
    expect(await opening).toEqual({ senderLeafIndex: 0, applicationData, authenticatedData })
  })

  test('open takes a view in a larger buffer, and leaves it as it is', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData })
    const buffer = new Uint8Array(message.length + 20).fill(0xee)
    buffer.set(message, 7)
    const before = buffer.slice()
    const opened = await group.bob.open(buffer.subarray(7, 7 + message.length))
    expect(opened.applicationData).toEqual(applicationData)
    expect(buffer).toEqual(before)
  })

  test('what open gives belongs to the caller: changing it changes nothing else', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData, authenticatedData })
    const before = message.slice()
    const opened = await group.bob.open(message)
    opened.applicationData.fill(0)
    opened.authenticatedData.fill(0)
    expect(message).toEqual(before)
    expect(await group.bob.open(message)).toEqual({ senderLeafIndex: 0, applicationData, authenticatedData })
  })

  test('what seal and open give is in memory of its own, which the caller may transfer', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData, authenticatedData })
    expectOwnMemory(message, message.length)
    const opened = await group.bob.open(message)
    expectOwnMemory(opened.applicationData, applicationData.length)
    expectOwnMemory(opened.authenticatedData, authenticatedData.length)
    structuredClone(opened, { transfer: [opened.applicationData.buffer, opened.authenticatedData.buffer] })
    structuredClone(message, { transfer: [message.buffer] })
    const next = await group.alice.seal({ recipientLeafIndex: 1, applicationData, authenticatedData })
    expect(await group.bob.open(next)).toEqual({ senderLeafIndex: 0, applicationData, authenticatedData })
  })

  test('the same message opens again: replays are for others to detect (section 7)', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData })
    const opened = await Promise.all([group.bob.open(message), group.bob.open(message)])
    expect(opened[0]).toEqual(opened[1])
  })

  test('many at once, good and bad among each other', async () => {
    const texts = Array.from({ length: 24 }, (_, i) => text(`message ${i}`))
    const messages = await Promise.all(
      texts.map((data) => group.alice.seal({ recipientLeafIndex: 1, applicationData: data })),
    )
    const results = await Promise.allSettled(
      messages.flatMap((message) => [group.bob.open(message), group.bob.open(message.slice(0, -1))]),
    )
    const opened = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value)
    expect(opened.map((one) => one.applicationData)).toEqual(texts)
  })

  test('a member who only receives has private keys of its own and needs no others', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 2, applicationData })
    const members = group.members.filter(({ leafIndex }) => leafIndex !== 1)
    const carol = await GroupEpoch.create({ ...group.as(2), members })
    expect((await carol.open(message)).applicationData).toEqual(applicationData)
    const blank = carol.seal({ recipientLeafIndex: 1, applicationData })
    expect((await expectCode(blank, 'recipient-not-in-group')).message).toMatch(/leaf 1 is blank/)
  })

  // ts-mls with @peculiar/webcrypto cannot always join its own groups of suite 2.
  test.each(isPeculiar ? ([1] as const) : ([1, 2] as const))(
    'a real group of ts-mls, suite %i',
    async (cipherSuite) => {
      const names = ['alice', 'bob', 'carol']
      const mls = await createMlsGroup({ stack: tsMls1, cipherSuite, members: names })
      const [alice, bob] = await Promise.all(
        names.map((name) => GroupEpoch.create(oracleMember(stateOf(mls, name), cipherSuite, revision))),
      )
      if (!alice || !bob) return expect.fail('no epochs')
      const message = await alice.seal({ recipientLeafIndex: bob.leafIndex, applicationData })
      const opened = await bob.open(message)
      expect(opened.senderLeafIndex).toBe(stateOf(mls, 'alice').privatePath.leafIndex)
      expect(opened.applicationData).toEqual(applicationData)
    },
  )
})
