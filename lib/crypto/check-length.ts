import type { Bytes } from '../tls/bytes.js'

/** Throws for another length and for a CryptoKey. The caller turns that into an error with a code. */
export function checkLength(given: Bytes | CryptoKey, length: number, name: string): Bytes {
  if ('length' in given && given.length === length) return given
  throw new TypeError(`${name} must have ${length} bytes`)
}
