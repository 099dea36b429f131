import { aeadOpen, aeadSeal, senderAuthKey } from '../oracle/derive.js'
import type { OracleMember } from '../oracle/oracle.js'
import { senderAuthDataAad } from '../oracle/structures.js'
import { suiteOf } from '../oracle/suites.js'
import { type Bytes, concat, opaque, Reader, uint16, uint32, uint64 } from '../oracle/wire.js'

/** The fields of a message, sender auth data decrypted. */
export interface MessageParts {
  readonly recipientLeafIndex: number
  readonly authenticatedData: Bytes
  readonly senderLeafIndex: number
  readonly signature: Bytes
  readonly kemOutput: Bytes
  readonly ciphertext: Bytes
}

/** What `change` leaves; the two last ones take the place of what would be made of the parts. */
export interface Rewriting extends Partial<MessageParts> {
  /** The plaintext of the sender auth data. */
  readonly senderAuthData?: Bytes
  /** The encrypted sender auth data, taken as correct. */
  readonly encrypted?: (correct: Bytes) => Bytes
}

/** Any member can read the sender auth data of a message to another. */
export async function readParts(member: OracleMember, message: Uint8Array): Promise<MessageParts> {
  const reader = new Reader(message.slice(4))
  reader.opaque()
  reader.uint64()
  const recipientLeafIndex = reader.uint32()
  const authenticatedData = reader.opaque()
  const encrypted = reader.opaque()
  const ciphertext = reader.opaque()
  const suite = suiteOf(member.cipherSuite)
  const key = await senderAuthKey(suite, member.exporterSecret, ciphertext)
  const auth = new Reader(
    await aeadOpen(suite, key, senderAuthDataAad(member, recipientLeafIndex), encrypted),
  )
  return {
    recipientLeafIndex,
    authenticatedData,
    senderLeafIndex: auth.uint32(),
    signature: auth.opaque(),
    kemOutput: auth.opaque(),
    ciphertext,
  }
}

/** What any member can make of a message to another: changes parts of it, and encrypts the sender auth data again. */
export async function rewrite(
  member: OracleMember,
  message: Uint8Array,
  change: (parts: MessageParts) => Rewriting | Promise<Rewriting>,
): Promise<Bytes> {
  const before = await readParts(member, message)
  const parts = { ...before, ...(await change(before)) }
  const { recipientLeafIndex, authenticatedData, senderLeafIndex, signature, kemOutput, ciphertext } = parts
  const suite = suiteOf(member.cipherSuite)
  const key = await senderAuthKey(suite, member.exporterSecret, ciphertext)
  const plaintext =
    parts.senderAuthData ?? concat(uint32(senderLeafIndex), opaque(signature), opaque(kemOutput))
  const encrypted = await aeadSeal(suite, key, senderAuthDataAad(member, recipientLeafIndex), plaintext)
  return concat(
    uint16(1),
    uint16(6),
    opaque(member.groupId),
    uint64(member.epoch),
    uint32(recipientLeafIndex),
    opaque(authenticatedData),
    opaque(parts.encrypted?.(encrypted) ?? encrypted),
    opaque(ciphertext),
  )
}
