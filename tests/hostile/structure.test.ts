import { beforeAll, describe, expect, test } from 'vitest'
import { inspect, readHeader } from '../../lib/index.js'
import { concat, opaque, uint16, uint32, uint64 } from '../oracle/wire.js'
import { callCount, subtleCalls, subtleSettled } from '../support/subtle-calls.js'
import type { Code, Hostile } from './hostile.js'
import { expectRefused } from './refusals.js'
import { kinds } from './scale.js'
import { contentOf, readFields, type WireFields, withFields, wrongLengths } from './structure.js'
import { type OpenTarget, secret, target } from './target.js'

const vectors = ['groupId', 'authenticatedData', 'encryptedSenderAuthData', 'ciphertext'] as const

/** What refuses another value of these. */
const codes = {
  groupId: 'unknown-group',
  authenticatedData: 'signature',
  encryptedSenderAuthData: 'sender-auth-data',
  ciphertext: 'sender-auth-data',
} as const satisfies Record<(typeof vectors)[number], Code>

const hostile = (name: string, bytes: Uint8Array, ...codes: Code[]): Hostile => ({ name, bytes, codes })

describe.each(kinds)('the structure of a message, revision $revision, suite $cipherSuite', (combination) => {
  let attacked: OpenTarget
  const message = () => attacked.message
  const change = (fields: Partial<WireFields>) => withFields(message(), fields)
  const opens = (bytes: Uint8Array) => attacked.bob.open(bytes)
  const refused = (all: Hostile[]) => expectRefused(opens, all, secret)
  const refusedUnseen = async (all: Hostile[]) => {
    await subtleSettled()
    expect(callCount(await subtleCalls(() => refused(all)))).toBe(0)
    // What reads without keys refuses what is malformed alike, and nothing else.
    const malformed = all.filter(({ codes: [code] }) => code === 'malformed')
    for (const read of [readHeader, inspect]) await expectRefused(read, malformed, secret)
  }

  beforeAll(async () => {
    attacked = await target(combination)
  })

  test('cut off at any byte, or begun at any other: malformed, and the engine is not asked', async () => {
    const all = Array.from(message(), (_, at) => [
      hostile(`the first ${at} bytes`, message().subarray(0, at), 'malformed'),
      hostile(`without the first ${at + 1} bytes`, message().subarray(at + 1), 'malformed'),
    ])
    await refusedUnseen(all.flat())
  })

  test('followed by anything: malformed, and the engine is not asked', async () => {
    const tails = [0, 1, 0x40, 0x80, 0xc0, 0xff].flatMap((byte) =>
      [1, 2, 16, 1000].map((length) => new Uint8Array(length).fill(byte)),
    )
    const all = [...tails, message()].map((tail) =>
      hostile(`${tail.length} more bytes`, concat(message(), tail), 'malformed'),
    )
    await refusedUnseen(all)
  })

  test('without one of its bytes, or with one twice', async () => {
    const all = Array.from(message(), (_, at) => [
      concat(message().subarray(0, at), message().subarray(at + 1)),
      concat(message().subarray(0, at + 1), message().subarray(at)),
    ]).flat()
    // By chance, the bytes after it read as fields all the same.
    const codes: Code[] = ['malformed', 'unknown-group', 'epoch-ahead', 'epoch-expired', 'sender-auth-data']
    await refused(all.map((bytes, i) => hostile(`byte ${i >> 1}`, bytes, ...codes)))
  })

  test('every other version and wire format: malformed, and the engine is not asked', async () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte)
    const numbers = [...bytes, ...bytes.map((byte) => byte << 8), 0x0101, 0x0606, 0xf0a1, 0xffff]
    const all = [
      ...numbers.filter((number) => number !== 1).map((number) => ({ version: uint16(number) })),
      ...numbers.filter((number) => number !== 6).map((number) => ({ wireFormat: uint16(number) })),
      { version: uint16(6), wireFormat: uint16(1) },
    ].map((fields) => hostile(JSON.stringify(fields), change(fields), 'malformed'))
    await refusedUnseen(all)
  })

  test.each(vectors)(
    '%s with a length that is not its own: malformed, and the engine is not asked',
    (field) => {
      const value = contentOf(readFields(message())[field])
      const all = wrongLengths(value).map(({ name, bytes }) =>
        hostile(name, change({ [field]: bytes }), 'malformed'),
      )
      return refusedUnseen(all)
    },
  )

  test.each(vectors)('%s of any other length', async (field) => {
    const value = contentOf(readFields(message())[field])
    const shorter = Array.from(value, (_, length) => value.slice(0, length))
    const longer = [1, 2, 16, 63, 64, 16383, 16384].map((more) => concat(value, new Uint8Array(more)))
    const all = [...shorter, ...longer].map((other) =>
      hostile(`${other.length} bytes`, change({ [field]: opaque(other) }), codes[field]),
    )
    // The sample is what the sender auth data's key depends on: what follows it is found by what else covers it.
    const { sampleLength } = attacked
    const beyond: Code = combination.revision === '00' ? 'content' : 'signature'
    await refused(
      all.map((one, at) => {
        const length = shorter[at]?.length ?? value.length
        return field === 'ciphertext' && length >= sampleLength ? { ...one, codes: [beyond] } : one
      }),
    )
  })

  test('any other epoch and recipient, and the engine is not asked', async () => {
    const epochs = [0n, 1n, 5n, 7n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]
    const leaves = [0, 2, 3, 0x7fffffff, 0x80000000, 0xffffffff]
    await refusedUnseen([
      ...epochs.map((epoch) =>
        hostile(
          `epoch ${epoch}`,
          change({ epoch: uint64(epoch) }),
          epoch < 6n ? 'epoch-expired' : 'epoch-ahead',
        ),
      ),
      ...leaves.map((leaf) =>
        hostile(`leaf ${leaf}`, change({ recipientLeafIndex: uint32(leaf) }), 'not-for-this-member'),
      ),
    ])
  })

  test('fields in each other’s place', async () => {
    const fields = readFields(message())
    const swaps = vectors.flatMap((one, i) => vectors.slice(i + 1).map((other) => [one, other] as const))
    await refused([
      ...swaps.map(([one, other]) =>
        hostile(
          `${one} and ${other}`,
          change({ [one]: fields[other], [other]: fields[one] }),
          one === 'groupId' && other !== 'groupId' ? 'unknown-group' : 'sender-auth-data',
        ),
      ),
      ...vectors.flatMap((one) =>
        vectors
          .filter((other) => other !== one)
          .map((other) => hostile(`${other} also as ${one}`, change({ [one]: fields[other] }), codes[one])),
      ),
      hostile(
        'epoch and recipient',
        concat(
          ...[message().slice(0, 7), message().slice(15, 19), message().slice(7, 15), message().slice(19)],
        ),
        'epoch-ahead',
      ),
    ])
  })

  test('nothing of that changed anything: the message opens', async () => {
    expect((await opens(message())).applicationData).toEqual(secret)
  })
})
