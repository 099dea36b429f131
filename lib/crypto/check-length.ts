import type { Bytes } from '../tls/bytes.js'

/** Throws, for whoever called to say what it means, for another length, and for a CryptoKey. */
export function checkLength(given: Bytes | CryptoKey, length: number, name: string): Bytes {
  if ('length' in given && given.length === length) return given
  throw new TypeError(`${name} must have ${length} bytes`)
}
