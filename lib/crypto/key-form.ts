import type { Bytes } from '../tls/bytes.js'

/** How SubtleCrypto takes a key from bytes. */
export interface KeyForm {
  /** 'jwk' is the JSON of a JWK in UTF-8: `unwrapKey` wants it so. */
  readonly format: 'raw' | 'jwk'
  readonly algorithm: { readonly name: string; readonly hash?: string; readonly namedCurve?: string }
  readonly usages: KeyUsage[]
}

/** A CryptoKey that is not extractable. Throws the engine's own error. */
export async function importKey({ format, algorithm, usages }: KeyForm, bytes: Bytes): Promise<CryptoKey> {
  if (format === 'raw') return crypto.subtle.importKey('raw', bytes, algorithm, false, usages)
  const jwk: JsonWebKey = JSON.parse(new TextDecoder().decode(bytes))
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, usages)
}

/** Whether `key` is a CryptoKey of this form, and may do what it is for. */
export function isOfForm(key: CryptoKey, { algorithm, usages }: KeyForm): boolean {
  if (!isCryptoKey(key, algorithm.name, usages)) return false
  const { hash, namedCurve }: { hash?: KeyAlgorithm; namedCurve?: string } & KeyAlgorithm = key.algorithm
  return (
    (hash === undefined || hash.name === algorithm.hash) &&
    (namedCurve === undefined || namedCurve === algorithm.namedCurve)
  )
}

/** Whether `value` is a CryptoKey, of this realm or another, and no object that only looks like one. */
export const isCryptoKey = (value: CryptoKey, algorithm: string, usages: KeyUsage[]): boolean =>
  Object.prototype.toString.call(value) === '[object CryptoKey]' &&
  value.algorithm.name === algorithm &&
  usages.every((usage) => value.usages.includes(usage))
