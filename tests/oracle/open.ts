import { aeadOpen, mlsExporter, senderAuthKey } from './derive.js'
import { hpkePrivateKey } from './keys.js'
import { verifyWithLabel } from './sign.js'
import {
  type Header,
  hpkeAad,
  hpkeInfo,
  protocolVersion,
  pskId,
  senderAuthDataAad,
  signatureLabel,
  toBeSigned,
  wireFormat,
} from './structures.js'
import { hpkeOf, type Suite, suiteOf } from './suites.js'
import type { OracleMember, OracleOpened } from './types.js'
import { type Bytes, concat, Reader, text } from './wire.js'

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Names the step that failed, in the words of `rejects[].why`. */
async function step<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new Error(name, { cause })
  }
}

/** TargetedMessageContent: draft 5.1. */
function readContent(content: Uint8Array): { applicationData: Bytes; paddingLength: number } {
  const reader = new Reader(content)
  const applicationData = reader.opaque()
  const padding = reader.rest()
  if (padding.some((octet) => octet !== 0)) throw new Error('padding: not all zero')
  return { applicationData, paddingLength: padding.length }
}

async function decrypt(
  suite: Suite,
  member: OracleMember,
  header: Header,
  signature: Uint8Array,
  ciphertext: Bytes,
): Promise<Bytes> {
  const hpke = hpkeOf(suite)
  const psk = await mlsExporter(suite, member.exporterSecret, 'targeted message', text('psk'), suite.nh)
  const own = member.members.find((leaf) => leaf.leafIndex === member.self.leafIndex)?.encryptionKey
  const recipientKey = await hpkePrivateKey(suite, hpke, member.self.encryptionPrivateKey, own)
  const context = await step(
    'kem',
    hpke.createRecipientContext({
      recipientKey,
      enc: concat(header.kemOutput),
      psk: { key: psk, id: pskId(member) },
      info: hpkeInfo(member, header.recipientLeafIndex, header.senderLeafIndex),
    }),
  )
  const opened = context.open(ciphertext, hpkeAad(member, header, signature))
  return new Uint8Array(await step('tampered: content', opened))
}

/** Opens and verifies a serialized MLSMessage addressed to `member.self`; throws an Error whatever is wrong. */
export async function oracleOpen(member: OracleMember, message: Uint8Array): Promise<OracleOpened> {
  const suite = suiteOf(member.cipherSuite)

  const reader = new Reader(message)
  if (reader.uint16() !== protocolVersion) throw new Error('malformed: protocol version')
  if (reader.uint16() !== wireFormat) throw new Error('malformed: wire format')
  const groupId = reader.opaque()
  const epoch = reader.uint64()
  const recipientLeafIndex = reader.uint32()
  const authenticatedData = reader.opaque()
  const encryptedSenderAuthData = reader.opaque()
  const ciphertext = reader.opaque()
  reader.end()

  // Draft 6, the steps before any decryption.
  if (!sameBytes(groupId, member.groupId)) throw new Error('group_id')
  if (epoch !== member.epoch) throw new Error('epoch')
  if (recipientLeafIndex !== member.self.leafIndex) throw new Error('recipient_leaf_index')

  const key = await senderAuthKey(suite, member.exporterSecret, ciphertext)
  const aad = senderAuthDataAad(member, recipientLeafIndex)
  const opened = aeadOpen(suite, key, aad, encryptedSenderAuthData)
  const auth = new Reader(await step('tampered: sender auth data', opened))
  const senderLeafIndex = auth.uint32()
  const signature = auth.opaque()
  const kemOutput = auth.opaque()
  auth.end()
  const header: Header = { recipientLeafIndex, authenticatedData, senderLeafIndex, kemOutput }

  const sender = member.members.find((leaf) => leaf.leafIndex === senderLeafIndex)
  if (sender === undefined) throw new Error('sender leaf: blank')
  const tbs = await toBeSigned(suite, member, header, ciphertext)
  const valid = await verifyWithLabel(suite, sender.signatureKey, signatureLabel, tbs, signature)
  if (!valid) throw new Error('signature')

  const content = readContent(await decrypt(suite, member, header, signature, ciphertext))
  return { senderLeafIndex, authenticatedData, ...content }
}
