import type { Bytes } from '../tls/bytes.js'
import { bytes, type Field, opaque, struct, uint32 } from '../tls/writer.js'
import {
  contextFields,
  headerFields,
  type SenderAuthData,
  senderAuthDataFields,
  type TargetedMessageHeader,
  type UnsignedSenderAuthData,
} from './structs.js'

/** A revision of the draft: 00, 01 or 02. The bytes of a message do not say which one sealed it. */
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
  readonly info: InfoPerEpoch | InfoPerPair
}

/** The same for all messages of an epoch. */
interface InfoPerEpoch {
  readonly per: 'epoch'
  readonly needsGroupContext: boolean
  readonly fields: (groupContext: Bytes) => Field
}

/** Another one for every two members. */
export interface InfoPerPair {
  readonly per: 'pair'
  readonly needsGroupContext: false
  readonly fields: (pair: Pair) => Field
}

/** The signature covers no ciphertext, and the HPKE `aad` covers the signature. */
export interface SignThenEncrypt extends CommonRules {
  readonly order: 'sign-then-encrypt'
  readonly aad: (header: TargetedMessageHeader, senderAuthData: SenderAuthData) => Field
}

/** The signature covers the hash of the ciphertext. */
export interface EncryptThenSign extends CommonRules {
  readonly order: 'encrypt-then-sign'
  readonly aad: (header: TargetedMessageHeader, unsigned: UnsignedSenderAuthData) => Field
}

export const revisions: Record<Revision, RevisionRules> = {
  '00': {
    order: 'sign-then-encrypt',
    info: {
      per: 'epoch',
      needsGroupContext: true,
      fields: (groupContext) => contextFields(opaque(groupContext)),
    },
    // TargetedMessageTBM, section 5.2
    aad: (header, senderAuthData) => struct(headerFields(header), senderAuthDataFields(senderAuthData)),
  },
  '01': {
    order: 'encrypt-then-sign',
    info: {
      per: 'epoch',
      needsGroupContext: false,
      fields: () => contextFields(opaque(new Uint8Array())),
    },
    aad: (header, { senderLeafIndex, kemOutput }) =>
      struct(headerFields(header), uint32(senderLeafIndex), opaque(kemOutput)),
  },
  '02': {
    order: 'encrypt-then-sign',
    info: {
      per: 'pair',
      needsGroupContext: false,
      fields: ({ recipientLeafIndex, senderLeafIndex }) =>
        contextFields(struct(uint32(recipientLeafIndex), uint32(senderLeafIndex))),
    },
    aad: ({ authenticatedData }) => bytes(authenticatedData),
  },
}
