import { base64url } from '../crypto/base64url.js'
import { digest } from '../crypto/kdf.js'
import { attempt } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encodeInput, type Field } from '../tls/writer.js'
import type { EpochKeys } from './epoch-keys.js'
import { checkGroupAndEpoch, openSigned } from './open.js'
import { decodeSenderAuthData, headerFields, type TargetedMessage, tbsFields } from './structs.js'

/** Bytes of the digest that identifies a message: finding two messages with the same one takes work of 2^64. */
export const MARK_LENGTH = 16

/**
 * What identifies a message: a digest of what the sender signs (`TargetedMessageTBS`, draft section 3). Only the sender can
 * sign another TBS. What any member can vary, encrypt again or encode in another way is not part of it.
 */
export async function markOf({ suite }: EpochKeys, tbs: Field): Promise<Bytes> {
  return (await digest(suite.hash, encodeInput(tbs))).slice(0, MARK_LENGTH)
}

/** A mark as text: 22 characters. */
export const idOf = (mark: Bytes): string => base64url(mark)

/**
 * The id of a message of this epoch to any recipient: every member can read the sender auth data. Neither the signature
 * nor the content is checked. Throws `unknown-group`, `epoch-expired`, `epoch-ahead`, `sender-auth-data`, `malformed`.
 */
export async function identifyTargetedMessage(keys: EpochKeys, message: TargetedMessage): Promise<string> {
  checkGroupAndEpoch(keys, message)
  const header = headerFields(message)
  const [plaintext, ciphertextHash] = await attempt(
    'sender-auth-data',
    'the sender auth data does not decrypt',
    () => openSigned(keys, header, message),
  )
  const tbs = tbsFields(header, decodeSenderAuthData(plaintext), ciphertextHash)
  return idOf(await markOf(keys, tbs))
}
