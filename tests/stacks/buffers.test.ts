import { expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { fromTsMls } from '../../lib/stacks/ts-mls.js'
import { createMlsGroup, stateOf, tsMls1 } from '../support/groups/groups.js'

/** A Buffer has a method `write`, as the fields of the codec have. */
test("Node's Buffer is taken wherever a Uint8Array is", async () => {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 1, members: ['alice', 'bob'] })
  const epochOf = async (name: 'alice' | 'bob') => {
    const options = fromTsMls(stateOf(group, name))
    const { groupId, exporterSecret, self } = options
    return GroupEpoch.create({
      ...options,
      groupId: Buffer.from(groupId),
      exporterSecret: Buffer.from(exporterSecret),
      members: options.members.map((member) => ({
        ...member,
        encryptionKey: Buffer.from(member.encryptionKey),
        signatureKey: Buffer.from(member.signatureKey),
      })),
      self: {
        ...self,
        encryptionPrivateKey: Buffer.from(self.encryptionPrivateKey),
        signaturePrivateKey: Buffer.from(self.signaturePrivateKey),
      },
    })
  }
  const [alice, bob] = [await epochOf('alice'), await epochOf('bob')]
  for (const data of ['hello', '']) {
    const content = { applicationData: Buffer.from(data), authenticatedData: Buffer.from(data) }
    const messages = [await alice.seal({ recipientLeafIndex: bob.leafIndex, ...content })]
    for await (const { message } of alice.sealEach({ recipientLeafIndices: [bob.leafIndex], ...content })) {
      messages.push(message)
    }
    for (const message of messages) {
      const { applicationData, authenticatedData } = await bob.open(Buffer.from(message))
      expect([applicationData, authenticatedData].map((bytes) => Buffer.from(bytes).toString())).toEqual([
        data,
        data,
      ])
    }
  }
})

test('a ClientState whose bytes are Buffers is converted', async () => {
  const state = stateOf(await createMlsGroup({ stack: tsMls1, cipherSuite: 1, members: ['alice'] }), 'alice')
  const { groupContext } = state
  const decoded = { ...state, groupContext: { ...groupContext, groupId: Buffer.from(groupContext.groupId) } }
  expect(fromTsMls(decoded).groupContext).toEqual(fromTsMls(state).groupContext)
})
