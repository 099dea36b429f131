import { describe, expect, test } from 'vitest'
import { oracleSeal } from '../../tests/oracle/oracle.js'
import { concat, text } from '../../tests/oracle/wire.js'
import { couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { randomGroup } from '../../tests/support/random-group.js'
import { subtleCalls } from '../../tests/support/subtle-calls.js'
import { revisions } from '../../tests/support/suites.js'
import { GroupEpoch } from '../index.js'

const applicationData = text('x')

describe.each(revisions)('keys of members, revision %s', (revision) => {
  test('imported on first use, then kept, also when many ask at once', async () => {
    const { alice, bob } = await couple({ revision, cipherSuite: 2 })
    const options = { recipientLeafIndex: 1, applicationData }
    const imports = async (action: () => Promise<unknown>) =>
      (await subtleCalls(action)).importKey.filter(({ result }) => isPublic(result)).length
    const first = await imports(() =>
      Promise.all([alice.seal(options), alice.seal(options), alice.seal(options)]),
    )
    const second = await imports(() =>
      Promise.all([alice.seal(options), alice.seal(options), alice.seal(options)]),
    )
    expect(first - second).toBe(1)
    const message = await alice.seal(options)
    const opening = () => Promise.all([bob.open(message), bob.open(message)])
    expect((await imports(opening)) - (await imports(opening))).toBe(1)
  })

  test('a member whose keys are no points of the curve harms nobody else', async () => {
    const group = await randomGroup({ revision, cipherSuite: 2 })
    const offCurve = concat(Uint8Array.of(4), new Uint8Array(64).fill(1))
    const bad = { leafIndex: 3, encryptionKey: offCurve, signatureKey: offCurve }
    const members = [...group.members, bad]
    const alice = await GroupEpoch.create({ ...group.as(0), members })
    const bob = await GroupEpoch.create({ ...group.as(1), members })

    const toBad = await expectCode(alice.seal({ recipientLeafIndex: 3, applicationData }), 'invalid-input')
    expect(toBad.message).toMatch(/public key of leaf 3 is not a valid P-256 key/)
    const fromBad = await oracleSeal(group.as(0), { recipientLeafIndex: 1, claimedSenderLeafIndex: 3 })
    await expectCode(bob.open(fromBad), 'signature')

    const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
    expect((await bob.open(message)).applicationData).toEqual(applicationData)
  })
})

test('a fan-out to more members than are kept', async () => {
  const recipients = Array.from({ length: 270 }, (_, i) => i + 2)
  const group = await randomGroup({ leafIndices: [0, 1] })
  const [, template] = group.members
  if (template === undefined) return expect.fail('no members')
  const members = [...group.members, ...recipients.map((leafIndex) => ({ ...template, leafIndex }))]
  const alice = await GroupEpoch.create({ ...group.as(0), members })
  const sealed: number[] = []
  for await (const { recipientLeafIndex } of alice.sealEach({
    recipientLeafIndices: recipients,
    applicationData,
  })) {
    sealed.push(recipientLeafIndex)
  }
  expect(sealed).toEqual(recipients)
})

const isPublic = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'public'
