import type { Bytes } from '../tls/bytes.js'

/** How a key is made from bytes. */
export type KeyForm = NativeForm | PlugInForm

/** How SubtleCrypto imports a key. */
export interface NativeForm {
  /** 'jwk' means the JSON of a JWK in UTF-8, as `unwrapKey` needs it. */
  readonly format: 'raw' | 'jwk'
  readonly algorithm: { readonly name: string; readonly hash?: string; readonly namedCurve?: string }
  readonly usages: readonly string[]
}

/** How a plug-in makes a key: an object in the shape of a CryptoKey, which only the plug-in reads. */
export interface PlugInForm {
  readonly importKey: (bytes: Bytes) => Promise<CryptoKey>
}

/** A CryptoKey that is not extractable. Throws the engine's own error. */
export async function importKey(form: KeyForm, bytes: Bytes): Promise<CryptoKey> {
  if ('importKey' in form) return form.importKey(bytes)
  const { format, algorithm, usages } = form
  if (format === 'raw') return crypto.subtle.importKey('raw', bytes, algorithm, false, usages)
  const jwk: JsonWebKey = JSON.parse(new TextDecoder().decode(bytes))
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, usages)
}

/** Whether `key` is a CryptoKey of this form, with the usages that it needs. */
export function isOfForm(key: CryptoKey, form: KeyForm): boolean {
  if ('importKey' in form || !isCryptoKey(key, form.algorithm.name, form.usages)) return false
  const { hash, namedCurve }: { hash?: KeyAlgorithm; namedCurve?: string } & KeyAlgorithm = key.algorithm
  return (
    (hash === undefined || hash.name === form.algorithm.hash) &&
    (namedCurve === undefined || namedCurve === form.algorithm.namedCurve)
  )
}

/** Whether `value` is a CryptoKey, of this realm or another, and no object that only looks like one. */
export function isCryptoKey(value: CryptoKey, algorithm: string, usages: readonly string[]): boolean {
  if (Object.prototype.toString.call(value) !== '[object CryptoKey]') return false
  const granted: readonly string[] = value.usages
  return value.algorithm.name === algorithm && usages.every((usage) => granted.includes(usage))
}
