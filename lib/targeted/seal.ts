import { type HpkeInfo, keySchedule } from '../crypto/hpke-psk.js'
import { digest } from '../crypto/kdf.js'
import type { KemPublicKey } from '../crypto/kem/kem.js'
import { type Signer, signWithLabel } from '../crypto/signature/signature.js'
import { ownError } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encodeInput, type Field } from '../tls/writer.js'
import type { EpochKeys } from './epoch-keys.js'
import type { Pair } from './revisions.js'
import { sealSenderAuthData } from './sender-auth-data.js'
import { encodeTargetedMessage, headerFields, TBS_LABEL, tbsFields } from './structs.js'

/** The member who seals the message. */
export interface Sender {
  readonly keys: EpochKeys
  readonly leafIndex: number
  readonly signer: Signer
}

/** What the sender knows about the other members. */
export interface Recipients {
  /** Throws `recipient-not-in-group` for a blank leaf. */
  encryptionKey(leafIndex: number): Promise<KemPublicKey>
  info(pair: Pair): Promise<HpkeInfo>
}

/** A message to one recipient. */
export interface Outgoing {
  readonly recipientLeafIndex: number
  readonly authenticatedData: Bytes
  /** A serialized TargetedMessageContent. */
  readonly content: Bytes
}

/** Seals an MLSMessage with a TargetedMessage (draft sections 4 and 5). */
export async function sealTargetedMessage(
  { keys, leafIndex: senderLeafIndex, signer }: Sender,
  recipients: Recipients,
  { recipientLeafIndex, authenticatedData, content }: Outgoing,
): Promise<Bytes> {
  try {
    const { suite, rules, groupId, epoch, psk, senderAuthDataSecret } = keys
    const header = headerFields({ groupId, epoch, recipientLeafIndex, authenticatedData })

    // SetupPSKS, RFC 9180 section 5.1.2
    const info = recipients.info({ recipientLeafIndex, senderLeafIndex })
    // Both promises are awaited below, unless something else fails first.
    info.catch(() => {})
    const { kemOutput, sharedSecret } = await suite.kem.encap(recipients.encryptionKey(recipientLeafIndex))
    const contentKey = Promise.all([sharedSecret, info]).then(([secret, known]) =>
      keySchedule(suite, psk, known, secret, 'encrypt'),
    )
    contentKey.catch(() => {})
    const unsigned = { senderLeafIndex, kemOutput }

    const sign = (ciphertextHash?: Bytes): Promise<Bytes> =>
      signWithLabel(signer, TBS_LABEL, tbsFields(header, unsigned, ciphertextHash))
    const encrypt = async (fields: Field): Promise<Bytes> => {
      const aad = encodeInput(fields)
      return suite.aead.seal(await contentKey, aad, content)
    }

    let signature: Bytes
    let ciphertext: Bytes
    if (rules.order === 'sign-then-encrypt') {
      signature = await sign()
      ciphertext = await encrypt(rules.aad(header, { ...unsigned, signature }))
    } else {
      ciphertext = await encrypt(rules.aad(header, unsigned))
      signature = await sign(await digest(suite.hash, ciphertext))
    }

    const encryptedSenderAuthData = await sealSenderAuthData(
      { suite, senderAuthDataSecret, header, ciphertext },
      { ...unsigned, signature },
    )
    return encodeTargetedMessage(header, encryptedSenderAuthData, ciphertext)
  } catch (cause) {
    throw ownError('content', 'the engine could not seal', cause)
  }
}
