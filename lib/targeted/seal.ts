import { type AeadKey, aeadSeal } from '../crypto/aead.js'
import { type HpkeInfo, keySchedule } from '../crypto/hpke-psk.js'
import { digest } from '../crypto/kdf.js'
import { encap, generateEphemeral } from '../crypto/kem.js'
import { type Signer, signWithLabel } from '../crypto/signature.js'
import { attempt } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encode } from '../tls/writer.js'
import type { EpochKeys } from './epoch-keys.js'
import type { EncryptThenSign, SignThenEncrypt } from './revisions.js'
import { sealSenderAuthData } from './sender-auth-data.js'
import {
  encodeTargetedMessage,
  type TargetedMessageHeader,
  TBS_LABEL,
  tbsFields,
  type UnsignedSenderAuthData,
} from './structs.js'

/** A message to one recipient. */
export interface SealParameters {
  readonly recipientLeafIndex: number
  readonly recipientPublicKey: CryptoKey
  readonly senderLeafIndex: number
  readonly signer: Signer
  readonly info: HpkeInfo
  readonly authenticatedData: Bytes
  /** A serialized TargetedMessageContent. */
  readonly content: Bytes
}

/** Seals an MLSMessage with a TargetedMessage (draft sections 4 and 5). */
export function sealTargetedMessage(keys: EpochKeys, parameters: SealParameters): Promise<Bytes> {
  return attempt('content', 'the engine could not seal the message', async () => {
    const { suite } = keys
    const { senderLeafIndex, content } = parameters
    const { groupId, epoch } = keys
    const { recipientLeafIndex, authenticatedData } = parameters
    const header = { groupId, epoch, recipientLeafIndex, authenticatedData }

    // SetupPSKS, RFC 9180 section 5.1.2
    const ephemeral = await generateEphemeral(suite.kem)
    const unsigned = { senderLeafIndex, kemOutput: ephemeral.kemOutput }
    const contentKey = encap(suite.kem, ephemeral, parameters.recipientPublicKey).then((sharedSecret) =>
      keySchedule(suite, keys.psk, parameters.info, sharedSecret, 'encrypt'),
    )

    const { signature, ciphertext } = await protect(keys, {
      header,
      unsigned,
      content,
      contentKey,
      signer: parameters.signer,
    })
    const encryptedSenderAuthData = await sealSenderAuthData(
      { suite, secret: keys.senderAuthDataSecret, header, ciphertext },
      { ...unsigned, signature },
    )
    return encodeTargetedMessage({ ...header, encryptedSenderAuthData, ciphertext })
  })
}

interface Unprotected {
  readonly header: TargetedMessageHeader
  readonly unsigned: UnsignedSenderAuthData
  readonly content: Bytes
  readonly contentKey: Promise<AeadKey>
  readonly signer: Signer
}

interface Protected {
  readonly signature: Bytes
  readonly ciphertext: Bytes
}

const protect = ({ rules, suite }: EpochKeys, message: Unprotected): Promise<Protected> =>
  rules.order === 'sign-then-encrypt'
    ? signThenEncrypt(rules, suite, message)
    : encryptThenSign(rules, suite, message)

/** Revision 00: the aad contains the signature. */
async function signThenEncrypt(
  { aad }: SignThenEncrypt,
  { aead }: EpochKeys['suite'],
  { header, unsigned, content, contentKey, signer }: Unprotected,
): Promise<Protected> {
  const [signature, key] = await Promise.all([
    signWithLabel(signer, TBS_LABEL, tbsFields(header, unsigned)),
    contentKey,
  ])
  const ciphertext = await aeadSeal(aead, key, encode(aad(header, { ...unsigned, signature })), content)
  return { signature, ciphertext }
}

/** Revisions 01 and 02: the signature covers the ciphertext. */
async function encryptThenSign(
  { aad }: EncryptThenSign,
  { aead, kdf }: EpochKeys['suite'],
  { header, unsigned, content, contentKey, signer }: Unprotected,
): Promise<Protected> {
  const ciphertext = await aeadSeal(aead, await contentKey, encode(aad(header, unsigned)), content)
  const ciphertextHash = await digest(kdf, ciphertext)
  const signature = await signWithLabel(signer, TBS_LABEL, tbsFields(header, unsigned, ciphertextHash))
  return { signature, ciphertext }
}
