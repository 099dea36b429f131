import type { Bytes } from '../tls/bytes.js'
import { bytes, type Field, opaque, struct, uint32 } from '../tls/writer.js'
import {
  contextFields,
  type HeaderFields,
  type SenderAuthData,
  senderAuthDataFields,
  type UnsignedSenderAuthData,
} from './structs.js'

/** A revision of the draft: 00, 01 or 02. A message does not name its revision. */
export type Revision = '00' | '01' | '02'

/** Two members, in the roles they have for one message. */
export interface Pair {
  readonly recipientLeafIndex: number
  readonly senderLeafIndex: number
}

/** Where the revisions differ on the wire. */
export type RevisionRules = SignThenEncrypt | EncryptThenSign

interface CommonRules {
  /** HPKE `info`: the TargetedMessageContext. */
  readonly info: (groupContext: Bytes, pair: Pair) => Field
  /** What `info` depends on besides the epoch. */
  readonly infoPer: 'epoch' | 'pair'
  readonly needsGroupContext: boolean
}

/** The signature covers no ciphertext, and the HPKE `aad` covers the signature. */
export interface SignThenEncrypt extends CommonRules {
  readonly order: 'sign-then-encrypt'
  readonly aad: (header: HeaderFields, senderAuthData: SenderAuthData) => Field
}

/** The signature covers the hash of the ciphertext. */
export interface EncryptThenSign extends CommonRules {
  readonly order: 'encrypt-then-sign'
  readonly aad: (header: HeaderFields, unsigned: UnsignedSenderAuthData) => Field
}

export const revisions: Record<Revision, RevisionRules> = {
  '00': {
    order: 'sign-then-encrypt',
    info: (groupContext) => contextFields(opaque(groupContext)),
    infoPer: 'epoch',
    needsGroupContext: true,
    // TargetedMessageTBM, section 3
    aad: ({ all }, senderAuthData) => struct(all, senderAuthDataFields(senderAuthData)),
  },
  '01': {
    order: 'encrypt-then-sign',
    info: () => contextFields(opaque(new Uint8Array())),
    infoPer: 'epoch',
    needsGroupContext: false,
    aad: ({ all }, { senderLeafIndex, kemOutput }) => struct(all, uint32(senderLeafIndex), opaque(kemOutput)),
  },
  '02': {
    order: 'encrypt-then-sign',
    info: (_, { recipientLeafIndex, senderLeafIndex }) =>
      contextFields(struct(uint32(recipientLeafIndex), uint32(senderLeafIndex))),
    infoPer: 'pair',
    needsGroupContext: false,
    aad: ({ authenticatedData }) => bytes(authenticatedData),
  },
}

export const isRevision = (name: unknown): name is Revision =>
  Object.keys(revisions).some((revision) => revision === name)
