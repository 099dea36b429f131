import { beforeAll, describe, expect, test } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { GroupEpoch, Inbox, inspect, readHeader } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { concat, opaque, text, uint16, uint32, uint64 } from '../oracle/wire.js'
import { plugInSuites } from '../post-quantum/described.js'
import { couple } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'
import { newStorageKey } from '../support/records.js'
import { callCount, subtleCalls } from '../support/subtle-calls.js'
import type { Hostile } from './hostile.js'
import { expectRefused } from './refusals.js'
import { withFields } from './structure.js'
import { type OpenTarget, secret, target } from './target.js'

const MiB = 1024 * 1024
const vectors = ['groupId', 'authenticatedData', 'encryptedSenderAuthData', 'ciphertext'] as const

/** What the process holds in ArrayBuffers, in bytes. */
const held = () => process.memoryUsage().arrayBuffers

describe.each([
  { revision: '00', cipherSuite: 1 },
  { revision: '02', cipherSuite: 2 },
  { revision: '01', cipherSuite: 0xf101 },
  { revision: '02', cipherSuite: 0xf106 },
] as const)('sizes, revision $revision, suite $cipherSuite', (combination) => {
  let attacked: OpenTarget
  const open = (bytes: Uint8Array) => attacked.bob.open(bytes)
  const refused = (all: Hostile[]) => expectRefused(open, all, secret)

  beforeAll(async () => {
    attacked = await target(combination)
    // What is kept from the first message on is not in question.
    await open(attacked.message)
  })

  test('a length is checked before anything of that length is made', async () => {
    const head = concat(uint16(1), uint16(6))
    const afterGroup = concat(head, opaque(text('gr')), uint64(6n), uint32(1))
    const afterData = concat(afterGroup, opaque(text('ad')))
    const beginnings = [head, afterGroup, afterData, concat(afterData, opaque(secret))]
    const lengths = [0xbfffffff, 0xbffffffe, 0xa0000000, 0x80ffffff, 0x80004000].map(uint32)
    const all = beginnings.flatMap((beginning) =>
      lengths.flatMap((length) =>
        [0, 1, 40].map((more) => ({
          name: `${beginning.length} bytes, then a length, then ${more}`,
          bytes: concat(beginning, length, new Uint8Array(more)),
          codes: ['malformed' as const],
        })),
      ),
    )
    const before = held()
    let most = 0
    for (let i = 0; i < 5; i++) {
      expect(callCount(await subtleCalls(() => refused(all)))).toBe(0)
      for (const read of [readHeader, inspect]) await expectRefused(read, all, secret)
      most = Math.max(most, held())
    }
    // Any one of these lengths is 16 KiB to 1 GiB; together the inputs have 70 KiB.
    expect(most - before).toBeLessThan(64 * MiB)
  })

  test.each(vectors)('%s of 15 MiB takes no more of the engine than a short one', async (field) => {
    const filled = opaque(new Uint8Array(15 * MiB))
    const long = withFields(attacked.message, { [field]: filled })
    const short = withFields(attacked.message, { [field]: opaque(new Uint8Array(60)) })
    const [ofLong, ofShort] = [
      await subtleCalls(() => refused([{ name: field, bytes: long, codes: codesOf[field] }])),
      await subtleCalls(() => refused([{ name: field, bytes: short, codes: codesOf[field] }])),
    ]
    const counts = (calls: typeof ofLong) => Object.entries(calls).map(([name, { length }]) => [name, length])
    expect(counts(ofLong)).toEqual(counts(ofShort))
  })

  const codesOf = {
    groupId: ['unknown-group'],
    authenticatedData: ['signature'],
    encryptedSenderAuthData: ['sender-auth-data'],
    ciphertext: ['sender-auth-data'],
  } as const

  test('a message of 16 MiB is taken, one byte more is too-large and not copied', async () => {
    const empty = withFields(attacked.message, { authenticatedData: opaque(new Uint8Array(1 << 14)) })
    const room = 16 * MiB - (empty.length - (1 << 14))
    const largest = withFields(attacked.message, { authenticatedData: opaque(new Uint8Array(room)) })
    expect(largest).toHaveLength(16 * MiB)
    await expectCode(open(largest), 'signature')
    const larger = concat(largest, new Uint8Array(1))
    const inbox = await Inbox.open({ cipherSuites: plugInSuites })
    await inbox.enter(attacked.bob)
    const before = held()
    expect(callCount(await subtleCalls(() => expectCode(open(larger), 'too-large')))).toBe(0)
    expect(held() - before).toBeLessThan(MiB)
    // An inbox looks at the length first as well, before it reads to whom it is.
    expect(callCount(await subtleCalls(() => expectCode(inbox.receive(larger), 'too-large')))).toBe(0)
    const tooLarge = withFields(attacked.message, { authenticatedData: opaque(new Uint8Array(room + 1)) })
    expect(callCount(await subtleCalls(() => expectCode(inbox.receive(tooLarge), 'too-large')))).toBe(0)
  })

  test.each([0x00, 0x01, 0x3f, 0x40, 0x41, 0x7f, 0x80, 0x81, 0xbf, 0xc0, 0xff])(
    'a mebibyte of length prefixes %i, in every place: no engine is asked',
    async (byte) => {
      const many = new Uint8Array(MiB).fill(byte)
      const head = concat(uint16(1), uint16(6))
      const beginnings = [
        new Uint8Array(),
        head,
        concat(head, opaque(text('gr'))),
        concat(head, opaque(text('gr')), uint64(6n), uint32(1)),
        attacked.message,
      ]
      const all = beginnings.map((beginning) => ({
        name: `after ${beginning.length} bytes`,
        bytes: concat(beginning, many),
        codes: ['malformed' as const],
      }))
      expect(callCount(await subtleCalls(() => refused(all)))).toBe(0)
    },
  )

  test('vectors in vectors in the content are bytes of the application, however deep', async () => {
    // Each level is a vector of all that are deeper: nothing here reads deeper than one.
    let nested: Uint8Array = secret
    while (nested.length < 60_000) nested = opaque(nested)
    const message = await oracleSeal(attacked.as(0), { recipientLeafIndex: 1, applicationData: nested })
    expect((await open(message)).applicationData).toEqual(nested)
  })
})

test('padding over maxMessageLength is refused before it is made', async () => {
  const alice = await GroupEpoch.create({ ...(await randomGroup()).as(0), maxMessageLength: 1000 })
  const content = { applicationData: secret, padding: 500 * MiB }
  const attempts = [
    () => alice.seal({ recipientLeafIndex: 1, ...content }),
    () => alice.sealEach({ recipientLeafIndices: [1], ...content }).next(),
  ]
  for (const attempt of attempts) {
    const before = held()
    const sealing = attempt()
    // At once: it would be made before anything is awaited, and be gone at any time after.
    expect(held() - before).toBeLessThan(64 * MiB)
    await expectCode(sealing, 'too-large')
  }
})

test("a message over its epoch's maxMessageLength is refused before the epoch is loaded", async () => {
  const storageKey = await newStorageKey()
  const group = await couple()
  const store = new MemoryStore()
  const bob = await GroupEpoch.create({ ...group.as(1), storageKey, maxMessageLength: 1000 })
  await (await Inbox.open({ store, storageKey })).enter(bob)
  const seal = (length: number) =>
    group.alice.seal({ recipientLeafIndex: 1, applicationData: new Uint8Array(length), padding: 0 })
  const [long, short] = [await seal(1000), await seal(100)]
  const fresh = await Inbox.open({ store, storageKey })
  const asked = async (message: Uint8Array) => callCount(await subtleCalls(() => fresh.receive(message)))
  expect(await asked(long)).toBe(0)
  await expectCode(fresh.receive(long), 'too-large')
  expect(await asked(short)).toBeGreaterThan(0)
})

test('a small maxMessageLength holds for whatever comes', async () => {
  const group = await couple({ groupId: text('gr') })
  const bob = await GroupEpoch.create({ ...group.as(1), maxMessageLength: 250 })
  const send = (length: number) =>
    group.alice.seal({ recipientLeafIndex: 1, applicationData: new Uint8Array(length), padding: 0 })
  const lengths = Array.from({ length: 60 }, (_, length) => length)
  for (const message of await Promise.all(lengths.map((length) => send(length + 30)))) {
    if (message.length <= 250) await bob.open(message)
    else await expectCode(bob.open(message), 'too-large')
  }
})
