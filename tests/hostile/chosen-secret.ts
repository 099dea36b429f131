import { aeadSeal, mlsExporter, senderAuthKey } from '../oracle/derive.js'
import type { OracleMember } from '../oracle/oracle.js'
import { signWithLabel } from '../oracle/sign.js'
import {
  type Header,
  hpkeAad,
  hpkeInfo,
  pskId,
  senderAuthData,
  senderAuthDataAad,
  signatureLabel,
  toBeSigned,
} from '../oracle/structures.js'
import { type Suite, suiteOf } from '../oracle/suites.js'
import { type Bytes, concat, opaque, text, uint16, uint32, uint64 } from '../oracle/wire.js'

/** RFC 9180 section 4, for outputs of one block at most; the hash is the suite's everywhere. */
function labeled(suite: Suite, suiteId: Bytes) {
  const hmac = async (secret: Uint8Array, input: Uint8Array): Promise<Bytes> => {
    const algorithm = { name: 'HMAC', hash: suite.hash }
    const key = await crypto.subtle.importKey('raw', concat(secret), algorithm, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(input)))
  }
  const prefixed = (label: string, ikm: Uint8Array) => concat(text('HPKE-v1'), suiteId, text(label), ikm)
  return {
    extract: (salt: Uint8Array, label: string, ikm: Uint8Array) =>
      hmac(salt.length > 0 ? salt : new Uint8Array(suite.nh), prefixed(label, ikm)),
    expand: async (secret: Uint8Array, label: string, info: Uint8Array, length: number) =>
      (await hmac(secret, concat(uint16(length), prefixed(label, info), Uint8Array.of(1)))).slice(0, length),
  }
}

export interface ChosenSecret {
  readonly recipientLeafIndex: number
  readonly applicationData: Uint8Array
  readonly kemOutput: Bytes
  /** What the sender says that the Diffie-Hellman function gives. */
  readonly dh: Bytes
}

/**
 * A message from a member who does not encapsulate but chooses the KEM output and what DH makes of it: he can know the
 * result of a point of small order without any key. All else is right, so a recipient whose DH agrees opens it.
 */
export async function sealWithChosenSecret(member: OracleMember, chosen: ChosenSecret): Promise<Bytes> {
  const { recipientLeafIndex, applicationData, kemOutput, dh } = chosen
  const suite = suiteOf(member.cipherSuite)
  const recipient = member.members.find((leaf) => leaf.leafIndex === recipientLeafIndex)
  const sender = member.members.find((leaf) => leaf.leafIndex === member.self.leafIndex)
  if (!recipient || !sender) throw new Error('no such member')
  const header: Header = {
    recipientLeafIndex,
    authenticatedData: new Uint8Array(),
    senderLeafIndex: member.self.leafIndex,
    kemOutput,
  }

  // RFC 9180 section 4.1
  const kem = labeled(suite, concat(text('KEM'), uint16(suite.kem)))
  const kemContext = concat(kemOutput, recipient.encryptionKey)
  const eaePrk = await kem.extract(new Uint8Array(), 'eae_prk', dh)
  const sharedSecret = await kem.expand(eaePrk, 'shared_secret', kemContext, suite.nh)

  // Section 5.1, mode_psk
  const hpke = labeled(suite, concat(text('HPKE'), uint16(suite.kem), uint16(suite.kdf), uint16(suite.aead)))
  const psk = await mlsExporter(suite, member.exporterSecret, 'targeted message', text('psk'), suite.nh)
  const info = hpkeInfo(member, recipientLeafIndex, member.self.leafIndex)
  const context = concat(
    Uint8Array.of(1),
    await hpke.extract(new Uint8Array(), 'psk_id_hash', pskId(member)),
    await hpke.extract(new Uint8Array(), 'info_hash', info),
  )
  const secret = await hpke.extract(sharedSecret, 'secret', psk)
  const contentKey = {
    key: await hpke.expand(secret, 'key', context, suite.nk),
    nonce: await hpke.expand(secret, 'base_nonce', context, suite.nn),
  }

  const keys = { privateKey: member.self.signaturePrivateKey, publicKey: sender.signatureKey }
  const sign = async (ciphertext: Bytes) =>
    signWithLabel(suite, keys, signatureLabel, await toBeSigned(suite, member, header, ciphertext))
  const encrypt = (signature: Bytes) =>
    aeadSeal(suite, contentKey, hpkeAad(member, header, signature), opaque(applicationData))
  const nothing = new Uint8Array()
  const early = member.revision === '00' ? await sign(nothing) : nothing
  const ciphertext = await encrypt(early)
  const signature = member.revision === '00' ? early : await sign(ciphertext)

  const encryptedSenderAuthData = await aeadSeal(
    suite,
    await senderAuthKey(suite, member.exporterSecret, ciphertext),
    senderAuthDataAad(member, recipientLeafIndex),
    senderAuthData(header, signature),
  )
  return concat(
    concat(uint16(1), uint16(6), opaque(member.groupId), uint64(member.epoch), uint32(recipientLeafIndex)),
    concat(opaque(nothing), opaque(encryptedSenderAuthData), opaque(ciphertext)),
  )
}
