import { readFileSync } from 'node:fs'
import { unhex } from '../support/hex.js'
import type { OracleMember, Revision } from '../oracle/oracle.js'

type Bytes = Uint8Array<ArrayBuffer>

export interface ReferenceMember {
  leafIndex: number
  encryptionKey: Bytes
  encryptionPrivateKey: Bytes
  signatureKey: Bytes
  signaturePrivateKey: Bytes
}

export interface ReferenceMessage {
  name: string
  senderLeafIndex: number
  recipientLeafIndex: number
  authenticatedData: Bytes
  applicationData: Bytes
  /** In bytes. */
  paddingLength: number
  targetedMessage: Bytes
}

export interface ReferenceReject {
  name: string
  /** What is wrong, in words. */
  why: string
  recipientLeafIndex: number
  targetedMessage: Bytes
}

export interface ReferenceGroup {
  cipherSuite: number
  groupId: Bytes
  epoch: bigint
  exporterSecret: Bytes
  groupContext: Bytes
  members: ReferenceMember[]
  messages: ReferenceMessage[]
  rejects: ReferenceReject[]
}

export interface ReferenceVectors {
  revision: Revision
  groups: ReferenceGroup[]
}

/** The file as it is written: bytes in hex, the epoch in decimal. */
interface ReferenceFile {
  revision: Revision
  groups: {
    cipher_suite: number
    group_id: string
    epoch: string
    exporter_secret: string
    serialized_group_context: string
    members: {
      leaf_index: number
      encryption_pub: string
      encryption_priv: string
      signature_pub: string
      signature_priv: string
    }[]
    messages: {
      name: string
      sender_leaf_index: number
      recipient_leaf_index: number
      authenticated_data: string
      application_data: string
      padding_length: number
      targeted_message: string
    }[]
    rejects: { name: string; why: string; recipient_leaf_index: number; targeted_message: string }[]
  }[]
}

/** `tests/vectors/reference-XX.json`. */
export function referenceVectors(revision: Revision): ReferenceVectors {
  const url = new URL(`./reference-${revision}.json`, import.meta.url)
  const file = JSON.parse(readFileSync(url, 'utf8')) as ReferenceFile
  return {
    revision: file.revision,
    groups: file.groups.map((group) => ({
      cipherSuite: group.cipher_suite,
      groupId: unhex(group.group_id),
      epoch: BigInt(group.epoch),
      exporterSecret: unhex(group.exporter_secret),
      groupContext: unhex(group.serialized_group_context),
      members: group.members.map((member) => ({
        leafIndex: member.leaf_index,
        encryptionKey: unhex(member.encryption_pub),
        encryptionPrivateKey: unhex(member.encryption_priv),
        signatureKey: unhex(member.signature_pub),
        signaturePrivateKey: unhex(member.signature_priv),
      })),
      messages: group.messages.map((message) => ({
        name: message.name,
        senderLeafIndex: message.sender_leaf_index,
        recipientLeafIndex: message.recipient_leaf_index,
        authenticatedData: unhex(message.authenticated_data),
        applicationData: unhex(message.application_data),
        paddingLength: message.padding_length,
        targetedMessage: unhex(message.targeted_message),
      })),
      rejects: group.rejects.map((reject) => ({
        name: reject.name,
        why: reject.why,
        recipientLeafIndex: reject.recipient_leaf_index,
        targetedMessage: unhex(reject.targeted_message),
      })),
    })),
  }
}

/** What the member at `leafIndex` of a reference group gives to the oracle. */
export function referenceMember(revision: Revision, group: ReferenceGroup, leafIndex: number): OracleMember {
  const self = group.members.find((member) => member.leafIndex === leafIndex)
  if (self === undefined) throw new Error(`no member at leaf ${leafIndex}`)
  return { revision, ...group, self }
}

/**
 * The JSON at `../shared/vectors/<path>` beside the repository, unchecked; undefined, after one line that names the
 * file, when it is not there.
 */
export function sharedVectors<T = unknown>(path: string): T | undefined {
  const url = new URL(`../../../shared/vectors/${path}`, import.meta.url)
  try {
    return JSON.parse(readFileSync(url, 'utf8')) as T
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    console.warn(`vectors not found, not run: ../shared/vectors/${path}`)
    return undefined
  }
}
