import type { Bytes } from '../tls/bytes.js'
import { ascii, bytes, encode, type Field, struct, uint8, uint16 } from '../tls/writer.js'
import type { AeadKey } from './aead.js'
import { hkdf, hmac, importSecret } from './kdf.js'
import type { NativeForm } from './key-form.js'
import { labeledIkm, labeledInfo } from './labeled.js'
import { type CipherSuite, Nn } from './suites.js'

/**
 * The key schedule of RFC 9180 section 5.1 in mode_psk. Everything in it but the shared secret is the same for a
 * whole epoch (or, for `info`, for two members), so it is computed once and kept:
 *
 *     secret = LabeledExtract(shared_secret, "secret", psk)
 *            = HKDF-Extract(salt = shared_secret, ikm = psk as `pskInput` prepares it)
 *
 * SubtleCrypto's HKDF extracts and expands in one call, so a message costs one deriveKey and one deriveBits, and
 * the AEAD key never exists as bytes.
 */
const MODE_PSK = 0x01

/** The HKDF `info` of both expansions, for one `info` of HPKE. */
export interface HpkeInfo {
  readonly key: Bytes
  readonly nonce: Bytes
}

/** The input from which `secret` is extracted, for a PSK of Nh bytes. To be imported with {@link pskForm}. */
export const pskInput = (suite: CipherSuite, psk: Bytes): Bytes =>
  encode(labeledIkm(suiteId(suite), 'secret', bytes(psk)))

/** HKDF key material. */
export const pskForm: NativeForm = {
  format: 'raw',
  algorithm: { name: 'HKDF' },
  usages: ['deriveKey', 'deriveBits'],
}

/**
 * What is derived from `psk_id` and `info`. The draft's psk_id is never empty, which section 5.1 requires.
 */
export async function hpkeInfo(suite: CipherSuite, pskId: Field, info: Field): Promise<HpkeInfo> {
  const [pskIdHash, infoHash] = await Promise.all([
    labeledExtract(suite, 'psk_id_hash', pskId),
    labeledExtract(suite, 'info_hash', info),
  ])
  const keyScheduleContext = struct(uint8(MODE_PSK), bytes(pskIdHash), bytes(infoHash))
  return {
    key: encode(labeledInfo(suiteId(suite), 'key', keyScheduleContext, suite.aead.Nk)),
    nonce: encode(labeledInfo(suiteId(suite), 'base_nonce', keyScheduleContext, Nn)),
  }
}

/** `KeySchedule`, section 5.1: the key and nonce of the context's first and only message. */
export async function keySchedule(
  { kdf, aead }: CipherSuite,
  psk: CryptoKey,
  info: HpkeInfo,
  sharedSecret: Bytes,
  usage: 'encrypt' | 'decrypt',
): Promise<AeadKey> {
  const [key, nonce] = await Promise.all([
    aead.deriveKey(hkdf(kdf, sharedSecret, info.key), psk, usage),
    crypto.subtle.deriveBits(hkdf(kdf, sharedSecret, info.nonce), psk, 8 * Nn),
  ])
  sharedSecret.fill(0)
  return { key, nonce: new Uint8Array(nonce) }
}

/** `LabeledExtract("", label, ikm)`, section 4; HKDF's empty salt is Nh zero bytes (RFC 5869 section 2.2). */
async function labeledExtract(suite: CipherSuite, label: string, ikm: Field): Promise<Bytes> {
  const salt = await importSecret(suite.kdf, new Uint8Array(suite.kdf.Nh))
  return hmac(salt, encode(labeledIkm(suiteId(suite), label, ikm)))
}

/** `suite_id`, section 5.1. */
const suiteId = ({ kem, kdf, aead }: CipherSuite): Field =>
  struct(ascii('HPKE'), uint16(kem.id), uint16(kdf.id), uint16(aead.id))
