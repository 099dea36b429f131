import { beforeAll, describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { type RandomGroup, randomGroup } from '../../tests/support/random-group.js'
import { callCount, subtleCalls } from '../../tests/support/subtle-calls.js'
import { revisions } from '../../tests/support/suites.js'
import { GroupEpoch } from '../index.js'

const MiB = 2 ** 20

describe.each(revisions)('maxMessageLength, revision %s', (revision) => {
  let group: RandomGroup
  beforeAll(async () => {
    group = await randomGroup({ revision })
  })

  const create = (leafIndex: number, maxMessageLength?: number) =>
    GroupEpoch.create({ ...group.as(leafIndex), maxMessageLength })
  const bytes = (length: number) => ({
    recipientLeafIndex: 1,
    applicationData: new Uint8Array(length),
    padding: 0,
  })

  test('16 MiB unless given; over it no key is touched', async () => {
    const [alice, bob] = [await create(0), await create(1)]
    const sealing = () => alice.seal(bytes(16 * MiB))
    expect((await expectCode(sealing, 'too-large')).message).toMatch(/, and maxMessageLength is /)
    expect(callCount(await subtleCalls(sealing))).toBe(0)
    const opening = () => bob.open(new Uint8Array(16 * MiB + 1))
    expect((await expectCode(opening, 'too-large')).message).toMatch(/the message has 16777217 bytes/)
    expect(callCount(await subtleCalls(opening))).toBe(0)
    await expectCode(bob.open(new Uint8Array(16 * MiB)), 'malformed')
  })

  test('to the byte, on both sides', async () => {
    const message = await (await create(0)).seal(bytes(1000))
    const [exact, less] = [await create(1, message.length), await create(1, message.length - 1)]
    expect((await exact.open(message)).applicationData).toHaveLength(1000)
    await expectCode(less.open(message), 'too-large')
    const [alice, hobbled] = [await create(0, message.length), await create(0, message.length - 1)]
    expect(await alice.seal(bytes(1000))).toHaveLength(message.length)
    await expectCode(hobbled.seal(bytes(1000)), 'too-large')
  })

  test('padding and authenticated data count', async () => {
    const alice = await create(0, 2000)
    await expectCode(alice.seal({ ...bytes(10), padding: 2000 }), 'too-large')
    await expectCode(alice.seal({ ...bytes(10), authenticatedData: new Uint8Array(2000) }), 'too-large')
    await expectCode(alice.seal({ ...bytes(10), padding: Number.MAX_SAFE_INTEGER }), 'too-large')
    expect(await alice.seal({ ...bytes(10), padding: 1000 })).toBeInstanceOf(Uint8Array)
  })

  test('sealEach', async () => {
    const alice = await create(0, 500)
    const sealed = alice.sealEach({ ...bytes(501), recipientLeafIndices: [1, 2] })
    const { generateKey } = await subtleCalls(() => expectCode(sealed.next(), 'too-large'))
    expect(generateKey).toEqual([])
  })

  test('a length in the message that is longer than the message is malformed, not memory', async () => {
    const bob = await create(1)
    const message = await (await create(0)).seal(bytes(10))
    // The group id's length prefix: 2^30 - 1 bytes.
    const lying = Uint8Array.of(...message.subarray(0, 4), 0xbf, 0xff, 0xff, 0xff, ...message.subarray(5))
    await expectCode(bob.open(lying), 'malformed')
  })
})
