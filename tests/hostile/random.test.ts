import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  inspect,
  isTargetedMessage,
  readHeader,
  TargetedMessageError,
  type TargetedMessageErrorCode,
} from '../../lib/index.js'
import { oracleOpen, oracleSeal } from '../oracle/oracle.js'
import { concat, opaque, uint32 } from '../oracle/wire.js'
import { hex } from '../support/hex.js'
import { readParts, rewrite } from './message-parts.js'
import { holdsSecret } from './refusals.js'
import { kinds, runs } from './scale.js'
import { readFields, writeFields } from './structure.js'
import { type OpenTarget, secret, target } from './target.js'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((value) => concat(value))

/** Often what the good message has, and else anything. */
const like = <T>(good: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: any })

/** Any bytes as a field, mostly with a length in front of them that is right. */
const vector = (value: fc.Arbitrary<Uint8Array<ArrayBuffer>>) =>
  fc.oneof({ weight: 9, arbitrary: value.map(opaque) }, { weight: 1, arbitrary: bytes(12) })

const beforeSignature: unknown[] = [
  'malformed',
  'unknown-group',
  'epoch-expired',
  'epoch-ahead',
  'not-for-this-member',
  'sender-auth-data',
] satisfies TargetedMessageErrorCode[]

describe.each(kinds)('anything, revision $revision, suite $cipherSuite', (combination) => {
  let attacked: OpenTarget
  beforeAll(async () => {
    attacked = await target(combination)
  })

  /** The code of the refusal; nothing where it opens. */
  const outcome = async (message: Uint8Array): Promise<TargetedMessageErrorCode | undefined> => {
    try {
      await attacked.bob.open(message)
      return undefined
    } catch (error) {
      if (!(error instanceof TargetedMessageError)) throw error
      expect(holdsSecret(error, secret)).toBe(false)
      return error.code
    }
  }

  test('random bytes, also after a good beginning: malformed, or for another group', async () => {
    const input = fc
      .tuple(fc.nat({ max: 40 }), bytes(200))
      .map(([length, random]) => concat(attacked.message.slice(0, length), random))
    await fc.assert(
      fc.asyncProperty(bytes(300), input, async (random, begun) => {
        expect(await outcome(random)).toBe('malformed')
        expect(() => readHeader(random)).toThrow(TargetedMessageError)
        expect(() => inspect(random)).toThrow(TargetedMessageError)
        expect(isTargetedMessage(begun)).toBe(hex(begun.slice(0, 4)) === '00010006')
        expect(beforeSignature).toContain(await outcome(begun))
      }),
      { numRuns: runs(100, 20_000) },
    )
  })

  const tally = () => ({ opened: 0, refused: 0 })

  /** Both implementations take it, or neither does. */
  const expectAgreement = async (message: Uint8Array, counts: ReturnType<typeof tally>) => {
    const opens = await oracleOpen(attacked.as(1), message).then(
      () => true,
      () => false,
    )
    expect((await outcome(message)) === undefined).toBe(opens)
    counts[opens ? 'opened' : 'refused']++
  }

  test('any fields: it opens if and only if the oracle opens it', async () => {
    const good = readFields(attacked.message)
    const uint = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(concat)
    const fields = fc.record({
      version: like(good.version, uint(2)),
      wireFormat: like(good.wireFormat, uint(2)),
      groupId: like(good.groupId, vector(bytes(80))),
      epoch: like(good.epoch, uint(8)),
      recipientLeafIndex: like(good.recipientLeafIndex, uint(4)),
      authenticatedData: like(good.authenticatedData, vector(bytes(80))),
      encryptedSenderAuthData: like(good.encryptedSenderAuthData, vector(bytes(200))),
      ciphertext: like(good.ciphertext, vector(bytes(200))),
    })
    const counts = tally()
    await fc.assert(
      fc.asyncProperty(fields, (all) => expectAgreement(writeFields(all), counts)),
      { numRuns: runs(100, 5_000) },
    )
    // Both happen, so the property is about something.
    expect(Math.min(counts.opened, counts.refused)).toBeGreaterThan(0)
  })

  test('any sender auth data of a member: it opens if and only if the oracle opens it', async () => {
    const mallory = attacked.as(2)
    const { senderLeafIndex, signature, kemOutput } = await readParts(mallory, attacked.message)
    const fields = fc.record({
      leaf: like(uint32(senderLeafIndex), fc.nat({ max: 4 }).map(uint32)),
      signature: like(opaque(signature), vector(bytes(150))),
      kemOutput: like(opaque(kemOutput), vector(bytes(150))),
      tail: like(new Uint8Array(), bytes(3)),
    })
    const counts = tally()
    await fc.assert(
      fc.asyncProperty(fields, async (parts) => {
        const senderAuthData = concat(parts.leaf, parts.signature, parts.kemOutput, parts.tail)
        await expectAgreement(await rewrite(mallory, attacked.message, () => ({ senderAuthData })), counts)
      }),
      { numRuns: runs(50, 3_000) },
    )
    expect(Math.min(counts.opened, counts.refused)).toBeGreaterThan(0)
  })

  test('any content of a member: it opens if and only if the oracle opens it', async () => {
    const zeros = fc.nat({ max: 40 }).map((length) => new Uint8Array(length))
    const content = fc
      .tuple(vector(bytes(80)), zeros, like(new Uint8Array(), bytes(4)))
      .map((parts) => concat(...parts))
    const counts = tally()
    await fc.assert(
      fc.asyncProperty(content, async (given) => {
        const message = await oracleSeal(attacked.as(2), { recipientLeafIndex: 1, content: given })
        await expectAgreement(message, counts)
      }),
      { numRuns: runs(50, 3_000) },
    )
    expect(Math.min(counts.opened, counts.refused)).toBeGreaterThan(0)
  })
})
