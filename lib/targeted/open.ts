import { type HpkeInfo, keySchedule } from '../crypto/hpke-psk.js'
import { digest } from '../crypto/kdf.js'
import type { KemKeyPair } from '../crypto/kem/kem.js'
import { withPauses } from '../crypto/pauses.js'
import { verifyWithLabel } from '../crypto/signature/signature.js'
import { fail, ownError, type TargetedMessageErrorCode } from '../errors.js'
import { type Bytes, equalBytes } from '../tls/bytes.js'
import { encodeInput, type Field } from '../tls/writer.js'
import type { EpochKeys } from './epoch-keys.js'
import { decodeContent } from './padding.js'
import type { Pair } from './revisions.js'
import { openSenderAuthData } from './sender-auth-data.js'
import {
  decodeSenderAuthData,
  type HeaderFields,
  headerFields,
  type TargetedMessage,
  type TargetedMessageHeader,
  TBS_LABEL,
  tbsFields,
} from './structs.js'

/** The member who opens the message. */
export interface Recipient {
  readonly keys: EpochKeys
  readonly leafIndex: number
  readonly encryptionKeyPair: KemKeyPair
}

/** What the recipient knows about the other members. */
export interface Senders {
  /** Throws `sender-not-in-group` for a blank leaf. */
  signatureKey(leafIndex: number): Promise<CryptoKey>
  info(pair: Pair): Promise<HpkeInfo>
}

/** A message that passed every check. */
export interface Opened {
  readonly senderLeafIndex: number
  readonly applicationData: Bytes
  readonly authenticatedData: Bytes
  /** What the sender signed: the part of a message that nobody else can vary. */
  readonly tbs: Field
}

type Failure = [TargetedMessageErrorCode, string]

/** Opens a TargetedMessage with the validation steps of draft section 6 in their order. */
export async function openTargetedMessage(
  { keys, leafIndex: recipientLeafIndex, encryptionKeyPair }: Recipient,
  senders: Senders,
  message: TargetedMessage,
): Promise<Opened> {
  checkGroupAndEpoch(keys, message)
  checkRecipient(recipientLeafIndex, message)

  const { suite, rules, psk } = keys
  const { ciphertext, authenticatedData } = message
  const header = headerFields(message)
  // What an error of the engine means in the current step. A promise around each step would cost time.
  let failure: Failure = ['sender-auth-data', 'the sender auth data does not decrypt']
  try {
    const [plaintext, ciphertextHash] = await withPauses(() => openSigned(keys, header, message))
    const senderAuthData = decodeSenderAuthData(plaintext)
    const { senderLeafIndex, kemOutput, signature } = senderAuthData
    const signatureKey = senders.signatureKey(senderLeafIndex)

    // The KEM may run before the signature is verified; its result is used only afterwards. So both run concurrently.
    const decapsulation = suite.kem.decap(encryptionKeyPair, kemOutput)
    const contentKey = Promise.all([
      decapsulation.then(({ sharedSecret }) => sharedSecret),
      senders.info({ recipientLeafIndex, senderLeafIndex }),
    ]).then(([sharedSecret, info]) => keySchedule(suite, psk, info, sharedSecret, 'decrypt'))
    contentKey.catch(() => {})

    const tbs = tbsFields(header, senderAuthData, ciphertextHash)
    const aad = encodeInput(rules.aad(header, senderAuthData))
    failure = ['signature', 'the signature does not verify']
    // The engine gets the KEM's work before the verification, because more work depends on it.
    const [senderPublicKey] = await Promise.all([signatureKey, decapsulation.catch(() => {})])
    await verifyWithLabel(suite.signature, senderPublicKey, TBS_LABEL, tbs, signature)

    failure = ['content', 'the content does not decrypt']
    const content = await suite.aead.open(await contentKey, aad, ciphertext)
    return {
      senderLeafIndex,
      applicationData: decodeContent(content),
      // Not a view: cloning a view copies the whole message.
      authenticatedData: authenticatedData.slice(),
      tbs,
    }
  } catch (cause) {
    throw ownError(...failure, cause)
  }
}

/** What the signature covers besides the header: the sender auth data, and from 01 on the hash of the ciphertext. */
export const openSigned = (
  { suite, rules, senderAuthDataSecret }: EpochKeys,
  header: HeaderFields,
  { ciphertext, encryptedSenderAuthData }: TargetedMessage,
): Promise<[senderAuthData: Bytes, ciphertextHash: Bytes | undefined]> =>
  Promise.all([
    openSenderAuthData({ suite, senderAuthDataSecret, header, ciphertext }, encryptedSenderAuthData),
    rules.order === 'encrypt-then-sign' ? digest(suite.hash, ciphertext) : undefined,
  ])

/** Steps 1 and 2 of section 6. */
export function checkGroupAndEpoch(keys: EpochKeys, header: TargetedMessageHeader): void {
  if (!equalBytes(header.groupId, keys.groupId)) {
    throw fail('unknown-group', 'the message is for another group')
  }
  if (header.epoch !== keys.epoch) {
    const code = header.epoch < keys.epoch ? 'epoch-expired' : 'epoch-ahead'
    throw fail(code, `the message is for epoch ${header.epoch}, and this is epoch ${keys.epoch}`)
  }
}

/** Step 3. */
function checkRecipient(ownLeafIndex: number, header: TargetedMessageHeader): void {
  if (header.recipientLeafIndex !== ownLeafIndex) {
    throw fail(
      'not-for-this-member',
      `the message is for leaf ${header.recipientLeafIndex}, and this member is at leaf ${ownLeafIndex}`,
    )
  }
}
