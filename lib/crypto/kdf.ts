import { ascii, type Bytes } from '../tls/bytes.js'
import { bytes, encode, opaque, uint8, uint16 } from '../tls/writer.js'
import type { CipherSuite, Kdf } from './suites.js'

/** A KDF secret (RFC 9420 section 8) as an HMAC key: HKDF-Expand is HMAC, and SubtleCrypto's HKDF would extract first. */
export function importSecret(kdf: Kdf, secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: kdf.hash }, false, ['sign'])
}

export async function hmac(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}

export async function digest(kdf: Kdf, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(kdf.hash, data))
}

/** `ExpandWithLabel(Secret, Label, Context, Length)`, RFC 9420 section 8. At most 255 * Nh bytes. */
export async function expandWithLabel(
  { kdf }: CipherSuite,
  secret: CryptoKey,
  label: string,
  context: Bytes,
  length: number,
): Promise<Bytes> {
  const kdfLabel = encode(uint16(length), opaque(ascii(`MLS 1.0 ${label}`)), opaque(context))
  // HKDF-Expand, RFC 5869 section 2.3: T(i) = HMAC(PRK, T(i-1) || info || i)
  let block = await hmac(secret, encode(bytes(kdfLabel), uint8(1)))
  if (length <= kdf.Nh) return block.subarray(0, length)
  const out = new Uint8Array(Math.ceil(length / kdf.Nh) * kdf.Nh)
  out.set(block)
  for (let i = 2; (i - 1) * kdf.Nh < length; i++) {
    block = await hmac(secret, encode(bytes(block), bytes(kdfLabel), uint8(i)))
    out.set(block, (i - 1) * kdf.Nh)
  }
  return out.subarray(0, length)
}

/** `DeriveSecret(Secret, Label)`, RFC 9420 section 8: Nh bytes. */
export function deriveSecret(suite: CipherSuite, secret: CryptoKey, label: string): Promise<Bytes> {
  return expandWithLabel(suite, secret, label, new Uint8Array(), suite.kdf.Nh)
}

/** `MLS-Exporter(Label, Context, Length)`, RFC 9420 section 8.5. */
export async function mlsExporter(
  suite: CipherSuite,
  exporterSecret: CryptoKey,
  label: string,
  context: Bytes,
  length: number,
): Promise<Bytes> {
  const [derived, contextHash] = await Promise.all([
    deriveSecret(suite, exporterSecret, label),
    digest(suite.kdf, context),
  ])
  const secret = await importSecret(suite.kdf, derived)
  derived.fill(0)
  return expandWithLabel(suite, secret, 'exported', contextHash, length)
}
