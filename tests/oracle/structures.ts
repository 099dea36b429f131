import { hash } from './derive.js'
import type { Suite } from './suites.js'
import type { OracleMember } from './types.js'
import { type Bytes, concat, opaque, text, uint16, uint32, uint64 } from './wire.js'

/** mls10, and mls_targeted_message as its early implementations number it. */
export const protocolVersion = 1
export const wireFormat = 6

export const signatureLabel = 'TargetedMessageTBS'

/** What both sides know of a message besides its ciphertexts. */
export interface Header {
  recipientLeafIndex: number
  authenticatedData: Uint8Array
  senderLeafIndex: number
  kemOutput: Uint8Array
}

/** PSKId: draft 3. */
export function pskId({ groupId, epoch }: OracleMember): Bytes {
  return concat(opaque(groupId), uint64(epoch), opaque(text('MLS 1.0 targeted message psk')))
}

/** SenderAuthDataAAD: draft 5.3. */
export function senderAuthDataAad({ groupId, epoch }: OracleMember, recipientLeafIndex: number): Bytes {
  return concat(opaque(groupId), uint64(epoch), uint32(recipientLeafIndex))
}

/** TargetedMessageSenderAuthData: draft 3. */
export function senderAuthData(header: Header, signature: Uint8Array): Bytes {
  return concat(uint32(header.senderLeafIndex), opaque(signature), opaque(header.kemOutput))
}

/** HPKE's info. */
export function hpkeInfo(member: OracleMember, recipientLeafIndex: number, senderLeafIndex: number): Bytes {
  const label = opaque(text('MLS 1.0 TargetedMessageData'))
  switch (member.revision) {
    case '00':
      return concat(label, opaque(member.groupContext))
    case '01':
      return concat(label, opaque(new Uint8Array(0)))
    case '02':
      return concat(label, uint32(recipientLeafIndex), uint32(senderLeafIndex))
  }
}

/** HPKE's aad; only 00 needs the signature. */
export function hpkeAad(member: OracleMember, header: Header, signature: Uint8Array): Bytes {
  const tbm = concat(
    opaque(member.groupId),
    uint64(member.epoch),
    uint32(header.recipientLeafIndex),
    opaque(header.authenticatedData),
  )
  switch (member.revision) {
    case '00':
      return concat(tbm, senderAuthData(header, signature))
    case '01':
      return concat(tbm, uint32(header.senderLeafIndex), opaque(header.kemOutput))
    case '02':
      return concat(header.authenticatedData)
  }
}

/** TargetedMessageTBS; only 01 and 02 need the ciphertext. */
export async function toBeSigned(
  suite: Suite,
  member: OracleMember,
  header: Header,
  ciphertext: Uint8Array,
): Promise<Bytes> {
  const common = concat(
    uint16(protocolVersion),
    uint16(wireFormat),
    opaque(member.groupId),
    uint64(member.epoch),
    uint32(header.recipientLeafIndex),
    opaque(header.authenticatedData),
    uint32(header.senderLeafIndex),
    opaque(header.kemOutput),
  )
  return member.revision === '00' ? common : concat(common, opaque(await hash(suite, ciphertext)))
}
