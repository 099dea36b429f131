import { envelope, readEnvelope } from '../mls/envelope.js'
import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import {
  ascii,
  bytes,
  encode,
  encodeInput,
  type Field,
  opaque,
  struct,
  uint32,
  uint64,
} from '../tls/writer.js'

/** The fields of a TargetedMessage that anybody can read (draft section 3). */
export interface TargetedMessageHeader<B extends Uint8Array = Bytes> {
  /** Of any length. */
  readonly groupId: B
  /** uint64. */
  readonly epoch: bigint
  /** uint32. */
  readonly recipientLeafIndex: number
  /** Authenticated, not encrypted. */
  readonly authenticatedData: B
}

/** `TargetedMessage`, section 3. */
export interface TargetedMessage extends TargetedMessageHeader {
  readonly encryptedSenderAuthData: Bytes
  readonly ciphertext: Bytes
}

/** `TargetedMessageSenderAuthData`, section 3. */
export interface SenderAuthData {
  readonly senderLeafIndex: number
  readonly signature: Bytes
  readonly kemOutput: Bytes
}

/** The part of it that is known before the signature. */
export type UnsignedSenderAuthData = Omit<SenderAuthData, 'signature'>

/** A header in the two forms that the draft's structures contain: made once for a message, and written into each of them. */
export interface HeaderFields {
  /** `SenderAuthDataAAD`, section 5.3: `group_id, epoch, recipient_leaf_index`. */
  readonly senderAuthDataAad: Bytes
  /** The same and `authenticated_data`: the beginning of TargetedMessage, TBM and TBS. */
  readonly all: Field
  readonly authenticatedData: Bytes
}

export function headerFields({
  groupId,
  epoch,
  recipientLeafIndex,
  authenticatedData,
}: TargetedMessageHeader): HeaderFields {
  const senderAuthDataAad = encodeInput(opaque(groupId), uint64(epoch), uint32(recipientLeafIndex))
  const all = struct(bytes(senderAuthDataAad), opaque(authenticatedData))
  return { senderAuthDataAad, all, authenticatedData }
}

/** An MLSMessage with a TargetedMessage in it (RFC 9420 section 6). */
export const encodeTargetedMessage = (
  header: HeaderFields,
  encryptedSenderAuthData: Bytes,
  ciphertext: Bytes,
): Bytes => encode(envelope, header.all, opaque(encryptedSenderAuthData), opaque(ciphertext))

/** The fields are views of `message`, not copies. Throws `malformed`. */
export function decodeTargetedMessage(message: Bytes): TargetedMessage {
  const reader = new Reader(message, 'TargetedMessage')
  readEnvelope(reader)
  const decoded = {
    groupId: reader.opaque(),
    epoch: reader.uint64(),
    recipientLeafIndex: reader.uint32(),
    authenticatedData: reader.opaque(),
    encryptedSenderAuthData: reader.opaque(),
    ciphertext: reader.opaque(),
  }
  reader.end()
  return decoded
}

/** Throws `malformed`. */
export function decodeSenderAuthData(data: Bytes): SenderAuthData {
  const reader = new Reader(data, 'TargetedMessageSenderAuthData')
  const decoded = {
    senderLeafIndex: reader.uint32(),
    signature: reader.opaque(),
    kemOutput: reader.opaque(),
  }
  reader.end()
  return decoded
}

export const senderAuthDataFields = ({ senderLeafIndex, signature, kemOutput }: SenderAuthData): Field =>
  struct(uint32(senderLeafIndex), opaque(signature), opaque(kemOutput))

/** `TargetedMessageTBS`, section 3; revisions 01 and 02 append the hash of the ciphertext. */
export function tbsFields(
  header: HeaderFields,
  { senderLeafIndex, kemOutput }: UnsignedSenderAuthData,
  ciphertextHash?: Bytes,
): Field {
  const common = struct(envelope, header.all, uint32(senderLeafIndex), opaque(kemOutput))
  return ciphertextHash ? struct(common, opaque(ciphertextHash)) : common
}

/** The label with which it is signed. */
export const TBS_LABEL = 'TargetedMessageTBS'

/** `PSKId`, section 3. */
export const pskIdFields = (groupId: Bytes, epoch: bigint): Field =>
  struct(opaque(groupId), uint64(epoch), opaque(ascii('MLS 1.0 targeted message psk')))

/** `TargetedMessageContext`, section 5.2, with the context that the revision gives it. */
export const contextFields = (context: Field): Field =>
  struct(opaque(ascii('MLS 1.0 TargetedMessageData')), context)
