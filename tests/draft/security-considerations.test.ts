/** What the draft says of its own security, with members of a real MLS group. */

import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { fromTsMls } from '../../lib/stacks/ts-mls.js'
import { readParts } from '../hostile/message-parts.js'
import { mlsExporter } from '../oracle/derive.js'
import { suiteOf } from '../oracle/suites.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import {
  advanceEpoch,
  createMlsGroup,
  type MlsGroup,
  oracleMember,
  stateOf,
  type TsMls1State,
  tsMls1,
} from '../support/groups/groups.js'
import { onNodeCrypto } from '../support/node-crypto.js'
import { revisions } from '../support/suites.js'

const members = ['alice', 'bob', 'carol']
const applicationData = text('for bob')

let group: MlsGroup<TsMls1State>
let next: MlsGroup<TsMls1State>
beforeAll(async () => {
  const groupId = text('a group')
  group = await onNodeCrypto(() => createMlsGroup({ stack: tsMls1, cipherSuite: 2, members, groupId }))
  next = await onNodeCrypto(() => advanceEpoch(group, { by: 'carol' }))
})

const optionsOf = (of: MlsGroup<TsMls1State>, name: string) => fromTsMls(stateOf(of, name))

/** The exporter of an epoch, but for the PSK, which is another's. */
const withPskOf = (own: Uint8Array, other: Uint8Array) => {
  const psk = text('psk')
  const isPsk = (context: Uint8Array) =>
    context.length === psk.length && context.every((byte, i) => byte === psk[i])
  return (label: string, context: Uint8Array, length: number) =>
    mlsExporter(suiteOf(2), isPsk(context) ? other : own, label, context, length)
}

describe.each(revisions)('security considerations, draft section 7, revision %s', (revision) => {
  let message: Uint8Array
  beforeAll(async () => {
    const alice = await GroupEpoch.create({ ...optionsOf(group, 'alice'), revision })
    message = await alice.seal({ recipientLeafIndex: 1, applicationData })
  })

  test('7.1: the PSK is valid for one epoch of one group', async () => {
    const bob = optionsOf(group, 'bob')
    const { groupId } = bob
    const twin = await onNodeCrypto(() => createMlsGroup({ stack: tsMls1, cipherSuite: 2, members, groupId }))
    const secrets = [next, twin].map((other) => optionsOf(other, 'bob').exporterSecret)
    for (const exporterSecret of secrets) {
      const opening = await GroupEpoch.create({ ...bob, revision, exporterSecret })
      await expectCode(opening.open(message), 'sender-auth-data')
      // And where the rest of the epoch is right: no other PSK decrypts.
      const exporter = withPskOf(bob.exporterSecret, exporterSecret)
      const half = await GroupEpoch.create({ ...bob, revision, exporterSecret: undefined, exporter })
      await expectCode(half.open(message), 'content')
    }
    const exporter = withPskOf(bob.exporterSecret, bob.exporterSecret)
    const whole = await GroupEpoch.create({ ...bob, revision, exporterSecret: undefined, exporter })
    expect((await whole.open(message)).applicationData).toEqual(applicationData)
  })

  test('7.1: all private keys of both members do not do without the private group state', async () => {
    const exporterSecret = crypto.getRandomValues(new Uint8Array(32))
    const thiefOf = (name: string) =>
      GroupEpoch.create({ ...optionsOf(group, name), revision, exporterSecret })
    await expectCode((await thiefOf('bob')).open(message), 'sender-auth-data')
    const forged = await (await thiefOf('alice')).seal({ recipientLeafIndex: 1, applicationData })
    const bob = await GroupEpoch.create({ ...optionsOf(group, 'bob'), revision })
    await expectCode(bob.open(forged), 'sender-auth-data')
  })

  test('7.4: any other member sees who sends to whom, and not what', async () => {
    const carol = oracleMember(stateOf(group, 'carol'), 2, revision)
    const { senderLeafIndex, recipientLeafIndex } = await readParts(carol, message)
    expect([senderLeafIndex, recipientLeafIndex]).toEqual([0, 1])
    const posing = { ...optionsOf(group, 'bob'), revision }
    const { self } = optionsOf(group, 'carol')
    const keys = posing.members.map((member) =>
      member.leafIndex === 1 ? { ...member, ...ownKeys(posing, 2) } : member,
    )
    const asBob = await GroupEpoch.create({ ...posing, members: keys, self: { ...self, leafIndex: 1 } })
    await expectCode(asBob.open(message), 'content')
    const outsider = { ...carol, exporterSecret: crypto.getRandomValues(new Uint8Array(32)) }
    await expect(readParts(outsider, message)).rejects.toThrow()
  })

  test('7.5: a message that comes again changes no state, of the group or of the epoch', async () => {
    const state = stateOf(group, 'bob')
    const before = structuredClone({ ...state, clientConfig: undefined })
    const bob = await GroupEpoch.create({ ...fromTsMls(state), revision })
    const { secrets, ...facts } = bob.export()
    for (let i = 0; i < 3; i++) expect((await bob.open(message)).applicationData).toEqual(applicationData)
    expect({ ...state, clientConfig: undefined }).toEqual(before)
    const { secrets: after, ...same } = bob.export()
    expect(same).toEqual(facts)
    const on = await onNodeCrypto(() => advanceEpoch(group, { by: 'bob' }))
    expect(on.epoch).toBe(group.epoch + 1n)
  })
})

const ownKeys = ({ members }: ReturnType<typeof fromTsMls>, leaf: number) => {
  const { encryptionKey, signatureKey } =
    members.find(({ leafIndex }) => leafIndex === leaf) ?? expect.fail('no leaf')
  return { encryptionKey, signatureKey }
}
