import { AeadId } from 'hpke-js'
import { hpkeOf, type Suite } from './suites.js'
import { type Bytes, concat, opaque, text, uint16 } from './wire.js'

export async function hash(suite: Suite, bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(suite.hash, concat(bytes)))
}

/** HKDF-Expand (RFC 5869 2.3), written out because WebCrypto's HKDF always extracts first. */
async function expand(suite: Suite, prk: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash: suite.hash }
  const key = await globalThis.crypto.subtle.importKey('raw', concat(prk), algorithm, false, ['sign'])
  let block: Bytes = new Uint8Array(0)
  let out: Bytes = new Uint8Array(0)
  for (let counter = 1; out.length < length; counter++) {
    const input = concat(block, info, Uint8Array.of(counter))
    block = new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', key, input))
    out = concat(out, block)
  }
  return out.slice(0, length)
}

/** RFC 9420 8: the label gains "MLS 1.0 ". */
export async function expandWithLabel(
  suite: Suite,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Bytes> {
  const kdfLabel = concat(uint16(length), opaque(text(`MLS 1.0 ${label}`)), opaque(context))
  return expand(suite, secret, kdfLabel, length)
}

/** MLS-Exporter: RFC 9420 8.5. */
export async function mlsExporter(
  suite: Suite,
  exporterSecret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Bytes> {
  const derived = await expandWithLabel(suite, exporterSecret, label, new Uint8Array(0), suite.nh)
  return expandWithLabel(suite, derived, 'exported', await hash(suite, context), length)
}

interface SenderAuthKey {
  key: Bytes
  nonce: Bytes
}

/** Sender auth data key and nonce: draft 5.3. */
export async function senderAuthKey(
  suite: Suite,
  exporterSecret: Uint8Array,
  ciphertext: Uint8Array,
): Promise<SenderAuthKey> {
  const context = text('sender auth data secret')
  const secret = await mlsExporter(suite, exporterSecret, 'targeted message', context, suite.nh)
  const sample = ciphertext.slice(0, suite.nh)
  return {
    key: await expandWithLabel(suite, secret, 'key', sample, suite.nk),
    nonce: await expandWithLabel(suite, secret, 'nonce', sample, suite.nn),
  }
}

/** The suite's AEAD: WebCrypto's AES-GCM, and hpke-js's ChaCha20-Poly1305 since few engines have one. */
export async function aeadSeal(suite: Suite, k: SenderAuthKey, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  if (suite.aead === AeadId.Chacha20Poly1305) {
    const context = hpkeOf(suite).aead.createEncryptionContext(k.key.buffer)
    return new Uint8Array(await context.seal(k.nonce.buffer, plaintext.buffer, aad.buffer))
  }
  const key = await globalThis.crypto.subtle.importKey('raw', k.key, 'AES-GCM', false, ['encrypt'])
  const algorithm = { name: 'AES-GCM', iv: k.nonce, additionalData: aad }
  return new Uint8Array(await globalThis.crypto.subtle.encrypt(algorithm, key, plaintext))
}

export async function aeadOpen(
  suite: Suite,
  k: SenderAuthKey,
  aad: Bytes,
  ciphertext: Bytes,
): Promise<Bytes> {
  if (suite.aead === AeadId.Chacha20Poly1305) {
    const context = hpkeOf(suite).aead.createEncryptionContext(k.key.buffer)
    return new Uint8Array(await context.open(k.nonce.buffer, ciphertext.buffer, aad.buffer))
  }
  const key = await globalThis.crypto.subtle.importKey('raw', k.key, 'AES-GCM', false, ['decrypt'])
  const algorithm = { name: 'AES-GCM', iv: k.nonce, additionalData: aad }
  return new Uint8Array(await globalThis.crypto.subtle.decrypt(algorithm, key, ciphertext))
}
