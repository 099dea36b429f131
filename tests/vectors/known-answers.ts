import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import type { OracleMember, Revision } from '../oracle/oracle.js'
import { unhex } from '../support/hex.js'
import { epochOf, leafOf, type VectorEpoch } from './own/vector.js'
import { sharedVectors } from './reference.js'

/** A known answer of another implementation: hex, but for numbers. Not part of this repository. */
export interface KnownAnswer extends VectorEpoch {
  readonly sender_leaf_index: number
  readonly sender_leaf_node: string
  readonly recipient_leaf_index: number
  readonly recipient_encryption_priv: string
  readonly authenticated_data: string
  readonly application_data: string
  /** In bytes. */
  readonly padding_length: number
  readonly targeted_message: string
}

/** Undefined if they are not beside the repository. */
export const knownAnswers = (revision: Revision): KnownAnswer[] | undefined =>
  sharedVectors<KnownAnswer[]>(`targeted-messages-${revision}.json`)

/** The recipient's signature key is not in the vectors, nor in the messages: any will do. */
export function recipientOf(revision: Revision, vector: KnownAnswer): OracleMember {
  const encryptionPrivateKey = unhex(vector.recipient_encryption_priv)
  const { secretKey, publicKey } = ed25519.keygen()
  const leafIndex = vector.recipient_leaf_index
  return {
    ...epochOf(revision, vector),
    members: [
      leafOf(vector.sender_leaf_index, vector.sender_leaf_node),
      {
        leafIndex,
        encryptionKey: x25519.getPublicKey(encryptionPrivateKey),
        signatureKey: publicKey,
      },
    ],
    self: { leafIndex, encryptionPrivateKey, signaturePrivateKey: secretKey },
  }
}
