import { readEnvelope } from '../mls/envelope.js'
import { type Bytes, checkBytes, copyBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { decodeTargetedMessage, type TargetedMessageHeader } from './structs.js'

/**
 * Whether these bytes begin as an MLSMessage that carries a TargetedMessage. MLS stacks do not know that wire format,
 * so an application asks this first of what arrives, and hands the rest to its stack. It says nothing of the rest.
 */
export function isTargetedMessage(message: Uint8Array): boolean {
  const head = new Uint8Array(checkBytes(message, 'message').subarray(0, 4))
  try {
    readEnvelope(new Reader(head, 'MLSMessage'))
    return true
  } catch {
    return false
  }
}

/**
 * Reads what anybody can read of a serialized MLSMessage with a TargetedMessage in it, without any key: the group,
 * the epoch, the recipient and the authenticated data, none of it verified. Throws `malformed`; `invalid-input` for
 * anything but a Uint8Array.
 */
export function readHeader(message: Uint8Array): TargetedMessageHeader {
  const { groupId, epoch, recipientLeafIndex, authenticatedData } = decodeTargetedMessage(
    copyBytes(message, 'message'),
  )
  // No views: whoever clones or stores a field is to get its bytes alone.
  return { groupId: groupId.slice(), epoch, recipientLeafIndex, authenticatedData: authenticatedData.slice() }
}

/** A field of a TargetedMessage where it stands. */
export interface InspectedField {
  /** As the draft has it, in camelCase. */
  readonly name: (typeof layout)[number][0]
  /** Where it begins, with the length prefix that it may have. In bytes, from the start of the message. */
  readonly offset: number
  /** With the length prefix. In bytes. */
  readonly length: number
  /** Bytes of the length prefix: 0 for numbers, else 1, 2 or 4 (RFC 9420 section 2.1.2). */
  readonly prefixLength: number
  /** Without the length prefix; a bigint for the epoch. */
  readonly value: number | bigint | Bytes
}

/**
 * Names every byte of a serialized MLSMessage with a TargetedMessage in it, in order, without any key. Throws
 * `malformed`; `invalid-input` for anything but a Uint8Array.
 */
export function inspect(message: Uint8Array): InspectedField[] {
  const bytes = copyBytes(message, 'message')
  decodeTargetedMessage(bytes)
  const reader = new Reader(bytes, 'MLSMessage')
  return layout.map(([name, type]) => {
    const offset = reader.offset
    const read = reader[type]()
    const value = typeof read === 'object' ? read.slice() : read
    const length = reader.offset - offset
    return {
      name,
      offset,
      length,
      prefixLength: typeof value === 'object' ? length - value.length : 0,
      value,
    }
  })
}

/** The fields of an MLSMessage with a TargetedMessage in it, in order. */
const layout = [
  ['version', 'uint16'],
  ['wireFormat', 'uint16'],
  ['groupId', 'opaque'],
  ['epoch', 'uint64'],
  ['recipientLeafIndex', 'uint32'],
  ['authenticatedData', 'opaque'],
  ['encryptedSenderAuthData', 'opaque'],
  ['ciphertext', 'opaque'],
] as const
