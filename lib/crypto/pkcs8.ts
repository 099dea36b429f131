import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import type { Curve } from './curves.js'
import { readElement, tag } from './der.js'

/**
 * The raw private key in a PKCS#8 PrivateKeyInfo (RFC 5958 section 2): an RFC 5915 ECPrivateKey or an RFC 8410
 * CurvePrivateKey. It is read here because Safari and older Firefox refuse an EC key without its public half.
 * Throws `invalid-input` for anything else, for another curve, and for another length.
 */
export function privateKeyFromPkcs8(
  pkcs8: Bytes,
  { crv, kty, algorithmIdentifier, privateKeyLength }: Curve,
): Bytes {
  const inside = (bytes: Bytes): Reader => new Reader(bytes, `PKCS#8 of ${crv}`, 'invalid-input')
  const outer = inside(pkcs8)
  const info = inside(readElement(outer, tag.sequence))
  outer.end()
  // Version 0, or 1 with a public key after the private one; what follows the private key is not needed.
  readElement(info, tag.integer)
  const algorithm = Array.from(readElement(info, tag.sequence), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  if (algorithm !== algorithmIdentifier) throw info.malformed('it is a key of another algorithm')
  const wrapped = inside(readElement(info, tag.octetString))
  let key = readElement(wrapped, kty === 'EC' ? tag.sequence : tag.octetString)
  wrapped.end()
  if (kty === 'EC') {
    // RFC 5915 section 3: version 1, then the scalar; curve and public key may follow.
    const ecPrivateKey = inside(key)
    readElement(ecPrivateKey, tag.integer)
    key = readElement(ecPrivateKey, tag.octetString)
  }
  if (key.length !== privateKeyLength)
    throw wrapped.malformed(`private key of ${key.length} bytes, not ${privateKeyLength},`)
  return key
}
