import { readEnvelope } from '../mls/envelope.js'
import { type Bytes, checkBytes, copyBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { decodeTargetedMessage, type TargetedMessageHeader } from './structs.js'

/**
 * Whether these bytes begin like an MLSMessage with a TargetedMessage. MLS stacks do not know that wire format, so check what
 * arrives with this, and pass everything else to the stack. It does not check the rest of the message.
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
  // No views: cloning a view copies the whole message.
  return { groupId: groupId.slice(), epoch, recipientLeafIndex, authenticatedData: authenticatedData.slice() }
}

/** A field of a TargetedMessage, and where it is. */
export interface InspectedField {
  /** The draft's name, in camelCase. */
  readonly name: (typeof layout)[number][0]
  /** Where it begins, length prefix included. In bytes, from the start of the message. */
  readonly offset: number
  /** Length prefix included. In bytes. */
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
