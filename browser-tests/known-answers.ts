/** The known answers of other implementations, which are not part of this repository. */

import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { decodeLeafNode } from 'ts-mls/leafNode.js'
import { unhex } from '../tests/support/hex.js'
import { sharedVectors } from '../tests/vectors/reference.js'
import type { Entries, Outcome } from './tasks/entries.js'
import type { Revision } from './tasks/library.js'
import { memberToJson } from './tasks/member.js'

/** Hex, but for numbers. */
interface KnownAnswer {
  readonly cipher_suite: number
  readonly group_id: string
  readonly epoch: number
  readonly exporter_secret: string
  /** In 00 alone. */
  readonly serialized_group_context?: string
  readonly sender_leaf_index: number
  readonly sender_leaf_node: string
  readonly recipient_leaf_index: number
  readonly recipient_encryption_priv: string
  readonly authenticated_data: string
  readonly application_data: string
  readonly targeted_message: string
}

export interface KnownAnswers {
  readonly given: Entries
  readonly expected: readonly Outcome[]
}

/** Undefined if the vectors are not beside the repository. */
export function knownAnswers(revision: Revision): KnownAnswers | undefined {
  const vectors = sharedVectors<KnownAnswer[]>(`targeted-messages-${revision}.json`)
  if (vectors === undefined) return undefined
  return {
    given: {
      recipients: vectors.map((vector) => recipientOf(revision, vector)),
      entries: vectors.map(({ group_id: name, targeted_message: message }, recipient) => ({
        name,
        recipient,
        message,
      })),
    },
    expected: vectors.map((vector) => ({
      name: vector.group_id,
      outcome: 'opened',
      senderLeafIndex: vector.sender_leaf_index,
      applicationData: vector.application_data,
      authenticatedData: vector.authenticated_data,
    })),
  }
}

/** The recipient's signature key is not in the vectors, nor in the messages: any will do. */
function recipientOf(revision: Revision, vector: KnownAnswer) {
  const [sender] = decodeLeafNode(unhex(vector.sender_leaf_node), 0) ?? []
  if (sender === undefined) throw new Error('sender_leaf_node is no LeafNode')
  const encryptionPrivateKey = unhex(vector.recipient_encryption_priv)
  const { secretKey: signaturePrivateKey, publicKey: signatureKey } = ed25519.keygen()
  const leafIndex = vector.recipient_leaf_index
  return memberToJson(revision, {
    cipherSuite: vector.cipher_suite,
    groupId: unhex(vector.group_id),
    epoch: BigInt(vector.epoch),
    groupContext: unhex(vector.serialized_group_context ?? ''),
    exporterSecret: unhex(vector.exporter_secret),
    members: [
      {
        leafIndex: vector.sender_leaf_index,
        encryptionKey: sender.hpkePublicKey,
        signatureKey: sender.signaturePublicKey,
      },
      { leafIndex, encryptionKey: x25519.getPublicKey(encryptionPrivateKey), signatureKey },
    ],
    self: { leafIndex, encryptionPrivateKey, signaturePrivateKey },
  })
}
