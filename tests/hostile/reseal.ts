import { aeadSeal, senderAuthKey } from '../oracle/derive.js'
import type { OracleMember } from '../oracle/oracle.js'
import { senderAuthDataAad } from '../oracle/structures.js'
import { suiteOf } from '../oracle/suites.js'
import { type Bytes, concat, opaque, uint32 } from '../oracle/wire.js'
import { readParts } from './message-parts.js'
import { contentOf, readFields, writeFields } from './structure.js'

/** What a member sees of a message to another, and how he puts other sender auth data into it. */
export interface Resealing {
  /** The TargetedMessageSenderAuthData, serialized. */
  readonly senderAuthData: Bytes
  readonly signature: Bytes
  readonly kemOutput: Bytes
  /** The message with this instead, encrypted as it should be. */
  reseal(senderAuthData: Uint8Array): Promise<Bytes>
}

/** As `rewrite` does, but derives the key once for any number of messages. */
export async function resealing(member: OracleMember, message: Uint8Array): Promise<Resealing> {
  const suite = suiteOf(member.cipherSuite)
  const fields = readFields(message)
  const { recipientLeafIndex, senderLeafIndex, signature, kemOutput } = await readParts(member, message)
  const key = await senderAuthKey(suite, member.exporterSecret, contentOf(fields.ciphertext))
  const aad = senderAuthDataAad(member, recipientLeafIndex)
  return {
    senderAuthData: concat(uint32(senderLeafIndex), opaque(signature), opaque(kemOutput)),
    signature,
    kemOutput,
    async reseal(senderAuthData) {
      const encrypted = await aeadSeal(suite, key, aad, concat(senderAuthData))
      return writeFields({ ...fields, encryptedSenderAuthData: opaque(encrypted) })
    },
  }
}
