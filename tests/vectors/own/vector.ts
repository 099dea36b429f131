import { readFileSync } from 'node:fs'
import { unhex } from '../../support/hex.js'
import { Reader } from '../../oracle/wire.js'
import type { OracleLeaf, OracleMember, Revision } from '../../oracle/oracle.js'

/** Suites of RFC 9420, and post-quantum ones. */
export type VectorKind = 'own' | 'own-post-quantum'
export const vectorKinds: readonly VectorKind[] = ['own', 'own-post-quantum']

/** What all known answers say of the epoch, in hex but for numbers. */
export interface VectorEpoch {
  readonly cipher_suite: number
  readonly group_id: string
  readonly epoch: number
  readonly exporter_secret: string
  /** In 00 alone. */
  readonly serialized_group_context?: string
}

/** One known answer as `tests/vectors/own-XX.json` has it; hex, but for the name and numbers. See docs/vectors.md. */
export interface OwnVector extends VectorEpoch {
  readonly name: string
  readonly sender_leaf_index: number
  readonly sender_leaf_node: string
  readonly sender_encryption_priv: string
  readonly sender_signature_priv: string
  readonly recipient_leaf_index: number
  readonly recipient_leaf_node: string
  readonly recipient_encryption_priv: string
  readonly recipient_signature_priv: string
  readonly ephemeral_priv: string
  readonly authenticated_data: string
  readonly application_data: string
  /** In bytes. */
  readonly padding_length: number
  readonly targeted_message_psk: string
  readonly sender_auth_data_secret: string
  readonly psk_id: string
  readonly hpke_info: string
  readonly kem_output: string
  readonly targeted_message_tbs: string
  readonly signature: string
  readonly hpke_aad: string
  readonly sender_auth_data_key: string
  readonly sender_auth_data_nonce: string
  readonly targeted_message: string
}

export const ownVectorsUrl = (revision: Revision, kind: VectorKind): URL =>
  new URL(`../${kind}-${revision}.json`, import.meta.url)

export const ownVectors = (revision: Revision, kind: VectorKind = 'own'): OwnVector[] =>
  JSON.parse(readFileSync(ownVectorsUrl(revision, kind), 'utf8'))

/** What `GroupEpoch.create` and the oracle take. */
export const senderOf = (revision: Revision, vector: OwnVector): OracleMember => ({
  ...epochOf(revision, vector),
  members: membersOf(vector),
  self: {
    leafIndex: vector.sender_leaf_index,
    encryptionPrivateKey: unhex(vector.sender_encryption_priv),
    signaturePrivateKey: unhex(vector.sender_signature_priv),
  },
})

export const recipientOf = (revision: Revision, vector: OwnVector): OracleMember => ({
  ...epochOf(revision, vector),
  members: membersOf(vector),
  self: {
    leafIndex: vector.recipient_leaf_index,
    encryptionPrivateKey: unhex(vector.recipient_encryption_priv),
    signaturePrivateKey: unhex(vector.recipient_signature_priv),
  },
})

export const epochOf = (revision: Revision, vector: VectorEpoch): Omit<OracleMember, 'self' | 'members'> => ({
  revision,
  cipherSuite: vector.cipher_suite,
  groupId: unhex(vector.group_id),
  epoch: BigInt(vector.epoch),
  groupContext: unhex(vector.serialized_group_context ?? ''),
  exporterSecret: unhex(vector.exporter_secret),
})

const membersOf = (vector: OwnVector): OracleLeaf[] => [
  leafOf(vector.sender_leaf_index, vector.sender_leaf_node),
  leafOf(vector.recipient_leaf_index, vector.recipient_leaf_node),
]

/** A LeafNode begins with the two keys (RFC 9420 section 7.2). */
export function leafOf(leafIndex: number, leafNode: string): OracleLeaf {
  const reader = new Reader(unhex(leafNode))
  return { leafIndex, encryptionKey: reader.opaque(), signatureKey: reader.opaque() }
}
