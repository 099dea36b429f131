import { beforeAll, describe, expect, test } from 'vitest'
import { Inbox } from '../../lib/index.js'
import type { OracleMember } from '../oracle/oracle.js'
import { plugInSuites } from '../post-quantum/described.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingEpoch, movingGroup } from '../support/moving-group.js'
import type { Outcome, Variant } from './replay-variant.js'
import { replayVariants } from './replay-variants.js'
import { kinds } from './scale.js'

/**
 * Mallory, at leaf 2, saw a message from alice to bob. He knows all that a member knows: he reads the sender auth data
 * and encrypts it again. What of that the recipient takes for a message must be the message that was received before.
 */
const combinations = kinds.map(({ revision, cipherSuite }) => {
  const variants = replayVariants(cipherSuite)
  const of = (wanted: (outcome: Outcome) => boolean) =>
    variants.filter(({ outcome }) => wanted(outcome(revision)))
  return {
    revision,
    cipherSuite,
    again: of((one) => one === 'opens'),
    refused: of((one) => one !== 'opens'),
  }
})

describe.each(combinations)('replays, revision $revision, suite $cipherSuite', (combination) => {
  const { revision, cipherSuite, again, refused } = combination
  let epoch: MovingEpoch
  let mallory: OracleMember
  beforeAll(async () => {
    epoch = await movingGroup({ revision, cipherSuite }).at(7n)
    mallory = epoch.as(2)
  })

  const inboxOf = async () => {
    const inbox = await Inbox.open({ cipherSuites: plugInSuites })
    await inbox.enter(epoch.bob)
    return inbox
  }
  const namesOf = (variants: Variant[]) => variants.map(({ name }) => name).join('; ')

  test(`what opens again is a replay: ${namesOf(again)}`, async () => {
    const inbox = await inboxOf()
    const message = await epoch.message()
    const { id, applicationData } = await inbox.receive(message)
    for (const { make } of again) {
      const variant = await make(mallory, message)
      expect((await epoch.bob.open(variant)).applicationData).toEqual(applicationData)
      expect(await epoch.bob.messageId(variant)).toBe(id)
      await expectCode(inbox.receive(variant), 'replay')
    }
  })

  test('and the message is a replay of what opened in its place', async () => {
    for (const { make } of again) {
      const inbox = await inboxOf()
      const message = await epoch.message()
      const { id } = await inbox.receive(await make(mallory, message))
      expect(await epoch.bob.messageId(message)).toBe(id)
      await expectCode(inbox.receive(message), 'replay')
    }
  })

  test(`what does not open leaves no mark: ${namesOf(refused)}`, async () => {
    const inbox = await inboxOf()
    const message = await epoch.message()
    for (const { name, outcome, make } of refused) {
      const variant = await make(mallory, message)
      const code = outcome(revision)
      if (code === 'opens') return expect.fail(name)
      await expectCode(epoch.bob.open(variant), code)
      await expectCode(inbox.receive(variant), code)
    }
    expect(await inbox.receive(message)).toHaveProperty('senderLeafIndex', 0)
    return expectCode(inbox.receive(message), 'replay')
  })

  test('all variants at once: one is received', async () => {
    const inbox = await inboxOf()
    const message = await epoch.message()
    const variants = await Promise.all(again.concat(again).map(({ make }) => make(mallory, message)))
    const results = await Promise.allSettled(variants.map((variant) => inbox.receive(variant)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toHaveProperty('code', 'replay')
    }
  })
})
