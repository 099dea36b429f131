import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { unhex } from '../support/hex.js'
import { sharedVectors } from './reference.js'
import { GroupEpoch, type Revision } from '../../lib/index.js'
import { readLeafNode } from '../../lib/mls/leaf-node.js'
import { Reader } from '../../lib/tls/reader.js'
import { revisions } from '../support/suites.js'

/** Hex, but for numbers. */
interface KnownAnswer {
  cipher_suite: number
  group_id: string
  epoch: number
  exporter_secret: string
  /** In 00 alone. */
  serialized_group_context?: string
  sender_leaf_index: number
  sender_leaf_node: string
  recipient_leaf_index: number
  recipient_encryption_priv: string
  authenticated_data: string
  application_data: string
  targeted_message: string
}

describe.each(revisions)('known answers of other implementations, revision %s', (revision) => {
  const vectors = sharedVectors<KnownAnswer[]>(`targeted-messages-${revision}.json`)

  test.skipIf(vectors === undefined)('there are three', () => expect(vectors).toHaveLength(3))

  test.each(vectors ?? [])('group $group_id', async (vector) => {
    const epoch = await recipientOf(revision, vector)
    expect(await epoch.open(unhex(vector.targeted_message))).toEqual({
      senderLeafIndex: vector.sender_leaf_index,
      applicationData: unhex(vector.application_data),
      authenticatedData: unhex(vector.authenticated_data),
    })
  })
})

/** The recipient's signature key is not in the vectors, nor in the messages: any will do. */
function recipientOf(revision: Revision, vector: KnownAnswer): Promise<GroupEpoch> {
  const reader = new Reader(unhex(vector.sender_leaf_node), 'LeafNode')
  const sender = readLeafNode(reader)
  reader.end()
  const encryptionPrivateKey = unhex(vector.recipient_encryption_priv)
  const signature = ed25519.keygen()
  const recipient = {
    leafIndex: vector.recipient_leaf_index,
    encryptionKey: x25519.getPublicKey(encryptionPrivateKey),
    signatureKey: signature.publicKey,
  }
  const groupContext = vector.serialized_group_context
  return GroupEpoch.create({
    revision,
    cipherSuite: vector.cipher_suite,
    groupId: unhex(vector.group_id),
    epoch: BigInt(vector.epoch),
    groupContext: groupContext === undefined ? undefined : unhex(groupContext),
    exporterSecret: unhex(vector.exporter_secret),
    members: [{ leafIndex: vector.sender_leaf_index, ...sender }, recipient],
    self: {
      leafIndex: recipient.leafIndex,
      encryptionPrivateKey,
      signaturePrivateKey: signature.secretKey,
    },
  })
}
