/** What a member knows in an epoch, in the forms in which it travels. */

import { hex, unhex } from '../../tests/support/hex.js'
import type { GroupEpochOptions, Revision } from './library.js'

/** With the secrets as bytes, and so to be cloned: to a worker, or through JSON to another engine. */
export interface Member extends Omit<GroupEpochOptions, 'cipherSuite' | 'exporter' | 'self' | 'members'> {
  readonly cipherSuite: number
  readonly groupContext: Uint8Array
  readonly exporterSecret: Uint8Array
  readonly members: readonly { leafIndex: number; encryptionKey: Uint8Array; signatureKey: Uint8Array }[]
  readonly self: {
    readonly leafIndex: number
    readonly encryptionPrivateKey: Uint8Array
    readonly signaturePrivateKey: Uint8Array
  }
}

/** Bytes in hex, the epoch in decimal. */
export type MemberJson = {
  readonly revision: Revision
  readonly cipherSuite: number
  readonly groupId: string
  readonly epoch: string
  readonly groupContext: string
  readonly exporterSecret: string
  readonly members: readonly { leafIndex: number; encryptionKey: string; signatureKey: string }[]
  readonly self: { leafIndex: number; encryptionPrivateKey: string; signaturePrivateKey: string }
}

export const memberToJson = (revision: Revision, member: Member): MemberJson => ({
  revision,
  cipherSuite: member.cipherSuite,
  groupId: hex(member.groupId),
  epoch: String(member.epoch),
  groupContext: hex(member.groupContext),
  exporterSecret: hex(member.exporterSecret),
  members: member.members.map(({ leafIndex, encryptionKey, signatureKey }) => ({
    leafIndex,
    encryptionKey: hex(encryptionKey),
    signatureKey: hex(signatureKey),
  })),
  self: {
    leafIndex: member.self.leafIndex,
    encryptionPrivateKey: hex(member.self.encryptionPrivateKey),
    signaturePrivateKey: hex(member.self.signaturePrivateKey),
  },
})

export const memberFromJson = (json: MemberJson): Member => ({
  revision: json.revision,
  cipherSuite: json.cipherSuite,
  groupId: unhex(json.groupId),
  epoch: BigInt(json.epoch),
  groupContext: unhex(json.groupContext),
  exporterSecret: unhex(json.exporterSecret),
  members: json.members.map(({ leafIndex, encryptionKey, signatureKey }) => ({
    leafIndex,
    encryptionKey: unhex(encryptionKey),
    signatureKey: unhex(signatureKey),
  })),
  self: {
    leafIndex: json.self.leafIndex,
    encryptionPrivateKey: unhex(json.self.encryptionPrivateKey),
    signaturePrivateKey: unhex(json.self.signaturePrivateKey),
  },
})
