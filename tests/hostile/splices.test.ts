import { beforeAll, describe, expect, test } from 'vitest'
import type { Revision } from '../../lib/index.js'
import { type OracleMember, oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { type Couple, couple } from '../support/epochs.js'
import { randomGroup } from '../support/random-group.js'
import { revisions } from '../support/suites.js'
import { expectRefused } from './refusals.js'
import { kinds } from './scale.js'
import { outcomeOf, type Relation, splices } from './splices.js'
import { secret } from './target.js'

/** A suite with the same hash and AEAD, so that only the signature tells it apart. */
const likeSuite: Readonly<Record<number, number>> = { 1: 2, 2: 1, 61697: 1, 61702: 7 }

/** Revisions 01 and 02 sign the same, and differ in what HPKE is given. */
const codeAcross = (one: Revision, other: Revision) =>
  one === '00' || other === '00' ? 'signature' : 'content'

describe.each(kinds)('fields of another message, revision $revision, suite $cipherSuite', (combination) => {
  const { revision, cipherSuite } = combination
  let group: Couple
  let message: Uint8Array
  const send = (member: OracleMember, recipientLeafIndex = 1) =>
    oracleSeal(member, { recipientLeafIndex, applicationData: secret, authenticatedData: text('other') })

  beforeAll(async () => {
    group = await couple(combination)
    const options = { recipientLeafIndex: 1, applicationData: secret, authenticatedData: text('own') }
    message = await oracleSeal(group.as(0), options)
  })

  /** All splices of `message` and `other`, in both directions if that is a message of this epoch as well. */
  const tryAll = async (other: Uint8Array, relation: Relation) => {
    const all = splices(message, other).map((splice) => ({
      ...splice,
      outcome: outcomeOf(splice, relation),
    }))
    expect(all.length).toBeGreaterThanOrEqual(7)
    const hostile = all.flatMap(({ taken, bytes, outcome }) =>
      outcome === 'opens' ? [] : [{ name: [...taken].join(), bytes, codes: [outcome] }],
    )
    await expectRefused((bytes) => group.bob.open(bytes), hostile, secret)
    for (const { bytes } of all.filter(({ outcome }) => outcome === 'opens')) {
      expect(bytes).toEqual(other)
      expect((await group.bob.open(bytes)).applicationData).toEqual(secret)
    }
    expect((await group.bob.open(message)).authenticatedData).toEqual(text('own'))
  }

  test('of the same sender', async () => {
    await tryAll(await send(group.as(0)), { code: 'opens' })
  })

  test('of another sender', async () => {
    await tryAll(await send(group.as(2)), { code: 'opens' })
  })

  test('to another recipient', async () => {
    await tryAll(await send(group.as(0), 2), { code: 'sender-auth-data' })
  })

  test('of the recipient', async () => {
    await tryAll(await send(group.as(1), 0), { code: 'sender-auth-data' })
  })

  test.each([
    [6n, 'epoch-expired'],
    [8n, 'epoch-ahead'],
  ] as const)('of another epoch: %i', async (epoch, epochCode) => {
    const { groupId } = group.as(0)
    const moved = await randomGroup({ ...combination, groupId, epoch })
    await tryAll(await send(moved.as(0)), { epochCode, code: 'sender-auth-data' })
  })

  test('of an epoch with another number and the same keys', async () => {
    const other = { ...group.as(0), epoch: 8n }
    await tryAll(await send(other), { epochCode: 'epoch-ahead', code: 'sender-auth-data' })
  })

  test('of another group', async () => {
    await tryAll(await send((await randomGroup(combination)).as(0)), { code: 'sender-auth-data' })
  })

  test('of another group with the same keys', async () => {
    await tryAll(await send({ ...group.as(0), groupId: text('another') }), { code: 'sender-auth-data' })
  })

  test.each(revisions.filter((other) => other !== revision))('of revision %s', async (other) => {
    const code = codeAcross(revision, other)
    await tryAll(await send({ ...group.as(0), revision: other }), { code })
  })

  test('of another suite with the same exporter secret', async () => {
    const { groupId, exporterSecret } = group.as(0)
    const other = await randomGroup({ revision, groupId, cipherSuite: likeSuite[cipherSuite] ?? 0 })
    await tryAll(await send({ ...other.as(0), exporterSecret }), { code: 'signature' })
  })
})
