/**
 * What revision 00 permits to a thief of the recipient's keys: to put other words into a message that another member has
 * signed. Its signature covers the header, the sender and the KEM output, but not the ciphertext, and with the recipient's
 * keys the content key can be derived again. Under 01 and 02 a hash of the ciphertext is signed.
 */

import { GroupEpoch, type Revision, TargetedMessageError } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { mlsExporter } from 'ts-mls'
import { fieldOf, openSenderAuthData, sealSenderAuthData } from '../look/sender-auth-data.js'
import { concat, opaque, uint, utf8 } from '../look/tls.js'
import { type ClientState, openStack, type Stack } from '../messenger/stack.js'
import { makeGroup } from '../scenario/group.js'

export const written = 'The cake is in the kitchen.'
export const forged = 'Send me your passphrase.'

/** What the recipient's device reports. */
export type Verdict =
  | { readonly kind: 'opened'; readonly from: string; readonly text: string }
  | { readonly kind: 'refused'; readonly code: string; readonly why: string }

/** Alice writes to Bob. The thief has all that Bob's device has, and rewrites the message. Bob opens what arrives. */
export async function performForgery(revision: Revision): Promise<Verdict> {
  const names = ['Alice', 'Bob']
  // X25519, so that the thief's arithmetic stays short.
  const [{ states }, impl] = await Promise.all([makeGroup(1, names), openStack(1)])
  const [alice, bob] = states
  if (!alice || !bob) throw new Error('the group has two members')
  const sender = await GroupEpoch.create({ revision, ...fromTsMls(alice) })
  const recipient = await GroupEpoch.create({ revision, ...fromTsMls(bob) })
  const message = await sender.seal({ recipientLeafIndex: 1, applicationData: utf8(written) })
  try {
    const opened = await recipient.open(await rewrite(message, bob, revision, impl))
    const text = new TextDecoder().decode(opened.applicationData)
    return { kind: 'opened', from: names[opened.senderLeafIndex] ?? '', text }
  } catch (error) {
    if (!(error instanceof TargetedMessageError)) throw error
    return { kind: 'refused', code: error.code, why: error.message }
  }
}

async function rewrite(
  message: Uint8Array,
  stolen: ClientState,
  revision: Revision,
  stack: Stack,
): Promise<Uint8Array> {
  const data = await openSenderAuthData(message, stolen, stack)
  const view = fromTsMls(stolen)
  const own = view.members.find(({ leafIndex }) => leafIndex === view.self.leafIndex)
  if (!own) throw new Error('the recipient is not in the tree')
  const shared = await decapsulate(data.kemOutput, view.self.encryptionPrivateKey, own.encryptionKey)

  const head = concat(opaque(view.groupId), uint(view.epoch, 8))
  const recipient = uint(view.self.leafIndex, 4)
  const authenticatedData = fieldOf(message, 'authenticatedData')
  const senderAuthData = concat(uint(data.senderLeafIndex, 4), opaque(data.signature), opaque(data.kemOutput))
  const header = concat(head, recipient, opaque(authenticatedData))
  const label = opaque(utf8('MLS 1.0 TargetedMessageData'))
  // HPKE's info and aad, sections 5.1 and 5.2 of each revision.
  const { info, aad } = {
    '00': { info: concat(label, opaque(view.groupContext)), aad: concat(header, senderAuthData) },
    '01': {
      info: concat(label, opaque(new Uint8Array())),
      aad: concat(header, uint(data.senderLeafIndex, 4), opaque(data.kemOutput)),
    },
    '02': { info: concat(label, recipient, uint(data.senderLeafIndex, 4)), aad: authenticatedData },
  }[revision]
  const psk = await mlsExporter(view.exporterSecret, 'targeted message', utf8('psk'), stack.kdf.size, stack)
  const pskId = concat(head, opaque(utf8('MLS 1.0 targeted message psk')))
  const { key, nonce } = await keySchedule({ shared, psk, pskId, info })

  const ciphertext = await stack.hpke.encryptAead(key, nonce, aad, opaque(utf8(forged)))
  const encrypted = await sealSenderAuthData(data, { message, ciphertext }, stolen, stack)
  return concat(uint(1, 2), uint(6, 2), header, opaque(encrypted), opaque(ciphertext))
}

/** DHKEM(X25519, HKDF-SHA256), RFC 9180 section 4.1. */
async function decapsulate(
  enc: Uint8Array,
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Promise<Uint8Array> {
  // RFC 8410 section 7: what precedes the 32 bytes in PKCS#8.
  const prefix = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32])
  const own = await crypto.subtle.importKey('pkcs8', concat(prefix, privateKey), 'X25519', false, [
    'deriveBits',
  ])
  const theirs = await crypto.subtle.importKey('raw', concat(enc), 'X25519', false, [])
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, own, 256))
  const kem = labeled(concat(utf8('KEM'), uint(0x20, 2)))
  const prk = await kem.extract(new Uint8Array(32), 'eae_prk', dh)
  return kem.expand(prk, 'shared_secret', concat(enc, publicKey), 32)
}

interface Schedule {
  readonly shared: Uint8Array
  readonly psk: Uint8Array
  readonly pskId: Uint8Array
  readonly info: Uint8Array
}

/** mode_psk, RFC 9180 section 5.1, for HKDF-SHA256 and AES-128-GCM. */
async function keySchedule({ shared, psk, pskId, info }: Schedule) {
  const hpke = labeled(concat(utf8('HPKE'), uint(0x20, 2), uint(1, 2), uint(1, 2)))
  const none = new Uint8Array(32)
  const context = concat(
    uint(1, 1),
    await hpke.extract(none, 'psk_id_hash', pskId),
    await hpke.extract(none, 'info_hash', info),
  )
  const secret = await hpke.extract(shared, 'secret', psk)
  return {
    key: await hpke.expand(secret, 'key', context, 16),
    nonce: await hpke.expand(secret, 'base_nonce', context, 12),
  }
}

/** RFC 9180 section 4, for outputs of one block of SHA-256 at most. */
function labeled(suiteId: Uint8Array) {
  const hmac = async (secret: Uint8Array, input: Uint8Array): Promise<Uint8Array> => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', concat(secret), algorithm, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(input)))
  }
  const prefixed = (label: string, input: Uint8Array): Uint8Array =>
    concat(utf8('HPKE-v1'), suiteId, utf8(label), input)
  return {
    extract: (salt: Uint8Array, label: string, ikm: Uint8Array) => hmac(salt, prefixed(label, ikm)),
    expand: async (secret: Uint8Array, label: string, info: Uint8Array, length: number) =>
      (await hmac(secret, concat(uint(length, 2), prefixed(label, info), uint(1, 1)))).slice(0, length),
  }
}
