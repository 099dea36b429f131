import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { GroupEpoch } from 'mls-targeted-messages'
import { ecdsaFromDer, ecdsaToDer } from '../lib/crypto/signature/ecdsa-der.js'
import { concat, opaque, Reader, text, uint16, uint32, uint64 } from '../tests/oracle/wire.js'
import { persistently } from '../tests/support/persistently.js'
import type { Candidate, Maker } from './candidate.js'
import {
  type Bytes,
  epochSecrets,
  privateKey,
  viewOf,
  type World,
  type WorldMember,
  type WorldSuite,
} from './world.js'

/**
 * Revision 00 as an application would compose it with hpke-js's PSK mode, one step after another. What is constant in
 * an epoch is derived and imported once, and the recipient's key is a pair, so that hpke-js need not derive half of it.
 */
export const hpkeJs: Maker = async (world) => {
  const { kem } = world.suite
  const { encryptionKey, encryptionPrivateKey } = world.bob
  const hpke = new CipherSuite({
    kem: kem.curve.kty === 'EC' ? new DhkemP256HkdfSha256() : new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  })
  return composedOn(hpke, world, {
    privateKey: await privateKey(kem, encryptionPrivateKey, encryptionKey),
    publicKey: await crypto.subtle.importKey('raw', encryptionKey, kem.algorithm, true, []),
  })
}

/** With the recipient's keys as this KEM takes them. */
export async function composedOn(
  hpke: CipherSuite,
  world: World<WorldSuite>,
  encryption: CryptoKeyPair,
): Promise<readonly Candidate[]> {
  const { kdf, aead, signature } = world.suite
  const { psk, auth } = await epochSecrets(world)
  const authKey = await crypto.subtle.importKey('raw', auth, { name: 'HMAC', hash: kdf.hash }, false, [
    'sign',
  ])
  const sender = await importKeys(world, world.alice)
  const { groupId, epoch, groupContext } = world
  const info = concat(opaque(text('MLS 1.0 TargetedMessageData')), opaque(groupContext))
  const pskId = concat(opaque(groupId), uint64(epoch), opaque(text('MLS 1.0 targeted message psk')))
  const headerAad = concat(opaque(groupId), uint64(epoch), uint32(1))
  const header = concat(headerAad, opaque(new Uint8Array()))
  const isEc = signature.curve.kty === 'EC'

  const signContent = (enc: Uint8Array): Bytes => {
    const tbs = concat(uint16(1), uint16(6), header, uint32(0), opaque(enc))
    return concat(opaque(text('MLS 1.0 TargetedMessageTBS')), opaque(tbs))
  }
  const expand = async (label: string, sample: Uint8Array, length: number): Promise<Bytes> => {
    const kdfLabel = concat(
      uint16(length),
      opaque(text(`MLS 1.0 ${label}`)),
      opaque(sample),
      Uint8Array.of(1),
    )
    return new Uint8Array(await crypto.subtle.sign('HMAC', authKey, kdfLabel)).slice(0, length)
  }
  const authCipher = async (ciphertext: Uint8Array, usage: 'encrypt' | 'decrypt') => {
    const sample = ciphertext.slice(0, kdf.Nh)
    const raw = await expand('key', sample, aead.Nk)
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [usage])
    return { key, gcm: { name: 'AES-GCM', iv: await expand('nonce', sample, 12), additionalData: headerAad } }
  }

  async function seal(): Promise<Bytes> {
    const context = await persistently(() =>
      hpke.createSenderContext({
        recipientPublicKey: encryption.publicKey,
        psk: { key: psk, id: pskId },
        info,
      }),
    )
    const enc = new Uint8Array(context.enc)
    const signed = new Uint8Array(
      await crypto.subtle.sign(signature.algorithm, sender.signing, signContent(enc)),
    )
    const senderAuthData = concat(uint32(0), opaque(isEc ? ecdsaToDer(signed) : signed), opaque(enc))
    const content = concat(opaque(world.data), new Uint8Array(PADDING))
    const ciphertext = new Uint8Array(await context.seal(content, concat(header, senderAuthData)))
    const { key, gcm } = await authCipher(ciphertext, 'encrypt')
    const encrypted = new Uint8Array(await crypto.subtle.encrypt(gcm, key, senderAuthData))
    return concat(uint16(1), uint16(6), header, opaque(encrypted), opaque(ciphertext))
  }

  async function open(message: Bytes): Promise<Bytes> {
    const reader = new Reader(message)
    reader.take(4 + header.length)
    const encrypted = reader.opaque()
    const ciphertext = reader.opaque()
    reader.end()
    const { key, gcm } = await authCipher(ciphertext, 'decrypt')
    const senderAuthData = new Uint8Array(await crypto.subtle.decrypt(gcm, key, encrypted))
    const auth = new Reader(senderAuthData)
    auth.uint32()
    const signed = auth.opaque()
    const enc = auth.opaque()
    const raw = isEc ? ecdsaFromDer(signed, signature.curve.privateKeyLength) : signed
    if (!(await crypto.subtle.verify(signature.algorithm, sender.verification, raw, signContent(enc)))) {
      throw new Error('the signature does not verify')
    }
    const context = await hpke.createRecipientContext({
      recipientKey: encryption,
      enc,
      psk: { key: psk, id: pskId },
      info,
    })
    const content = new Reader(new Uint8Array(await context.open(ciphertext, concat(header, senderAuthData))))
    const data = content.opaque()
    if (content.rest().some((byte) => byte !== 0)) throw new Error('the padding is not all zero')
    return data
  }

  // Makes sure that both do the same.
  await checkInterop(world, seal, open)
  const message = await seal()
  const name = 'composed on hpke-js'
  return [
    { name, operation: 'seal', bytes: message.length, run: seal },
    { name, operation: 'open', bytes: message.length, run: () => open(message) },
  ] satisfies Candidate[]
}

async function checkInterop(
  world: World<WorldSuite>,
  seal: () => Promise<Bytes>,
  open: (message: Bytes) => Promise<Bytes>,
): Promise<void> {
  const alice = await GroupEpoch.create(viewOf(world, world.alice))
  const bob = await GroupEpoch.create(viewOf(world, world.bob))
  const { applicationData } = await bob.open(await seal())
  const opened = await open(await alice.seal({ recipientLeafIndex: 1, applicationData: world.data }))
  if (applicationData.join() !== world.data.join() || opened.join() !== world.data.join()) {
    throw new Error('the composition on hpke-js says something else')
  }
}

/** The padding of Padmé for 256 bytes and their length. */
const PADDING = 14

async function importKeys({ suite: { signature } }: World<WorldSuite>, member: WorldMember) {
  const { subtle } = crypto
  return {
    signing: await privateKey(signature, member.signaturePrivateKey, member.signatureKey),
    verification: await subtle.importKey('raw', member.signatureKey, signature.algorithm, true, ['verify']),
  }
}
