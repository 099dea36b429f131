import type { Bytes } from '../tls/bytes.js'
import { ascii, encodeInput, opaque, uint8, uint16 } from '../tls/writer.js'
import { importKey, type NativeForm } from './key-form.js'
import type { CipherSuite, Kdf } from './suites.js'

/** A KDF secret (RFC 9420 section 8) as an HMAC key: HKDF-Expand is HMAC, while SubtleCrypto's HKDF always extracts first. */
export const secretForm = ({ hash }: Kdf): NativeForm => ({
  format: 'raw',
  algorithm: { name: 'HMAC', hash },
  usages: ['sign'],
})

export const importSecret = (kdf: Kdf, secret: Bytes): Promise<CryptoKey> =>
  importKey(secretForm(kdf), secret)

export async function hmac(key: CryptoKey, data: Bytes, length?: number): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data), 0, length)
}

export async function digest(hash: string, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(hash, data))
}

/**
 * `ExpandWithLabel(Secret, Label, Context, Length)`, RFC 9420 section 8. Nothing in the draft is longer than KDF.Nh
 * bytes, so the first block of HKDF-Expand is all of it: `T(1) = HMAC(PRK, info || 0x01)`, RFC 5869 section 2.3.
 */
export function expandWithLabel(
  secret: CryptoKey,
  label: string,
  context: Bytes,
  length: number,
): Promise<Bytes> {
  const info = encodeInput(uint16(length), opaque(ascii(`MLS 1.0 ${label}`)), opaque(context), uint8(1))
  return hmac(secret, info, length)
}

/** Parameters of SubtleCrypto's HKDF: extract, then expand. */
export const hkdf = ({ hash }: Kdf, salt: Bytes, info: Bytes): HkdfParams => ({
  name: 'HKDF',
  hash,
  salt,
  info,
})

/** `DeriveSecret(Secret, Label)`, RFC 9420 section 8: Nh bytes. */
export function deriveSecret({ kdf }: CipherSuite, secret: CryptoKey, label: string): Promise<Bytes> {
  return expandWithLabel(secret, label, new Uint8Array(), kdf.Nh)
}

/** `MLS-Exporter(Label, Context, Length)`, RFC 9420 section 8.5, for at most Nh bytes. */
export async function mlsExporter(
  suite: CipherSuite,
  exporterSecret: CryptoKey,
  label: string,
  context: Bytes,
  length: number,
): Promise<Bytes> {
  const [derived, contextHash] = await Promise.all([
    deriveSecret(suite, exporterSecret, label),
    digest(suite.hash, context),
  ])
  const secret = await importSecret(suite.kdf, derived)
  derived.fill(0)
  return expandWithLabel(secret, 'exported', contextHash, length)
}
