import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import type { Curve } from './curves.js'
import { readElement, tag } from './der.js'

/**
 * The raw private key in a PKCS#8 PrivateKeyInfo (RFC 5958 section 2): an RFC 5915 ECPrivateKey or an RFC 8410
 * CurvePrivateKey. It is read here because Safari and older Firefox refuse an EC key without its public half.
 * Throws `malformed` for anything else, for another curve, and for another length.
 */
export function privateKeyFromPkcs8(pkcs8: Bytes, curve: Curve): Bytes {
  const outer = new Reader(pkcs8, 'PKCS#8 private key')
  const info = new Reader(readElement(outer, tag.sequence), 'PKCS#8 private key')
  outer.end()
  // Version 0, or 1 with a public key after the private one; what follows the private key is not needed.
  readElement(info, tag.integer)
  if (hex(readElement(info, tag.sequence)) !== curve.algorithmIdentifier) {
    throw info.malformed(`not a key of ${curve.crv}`)
  }
  const wrapped = new Reader(readElement(info, tag.octetString), `${curve.crv} private key`)
  const key = curve.kty === 'EC' ? ecPrivateKey(wrapped) : readElement(wrapped, tag.octetString)
  wrapped.end()
  if (key.length !== curve.privateKeyLength) throw wrapped.malformed(`a key of ${key.length} bytes`)
  return key
}

/** RFC 5915 section 3: version 1, then the scalar; curve and public key may follow. */
function ecPrivateKey(reader: Reader): Bytes {
  const key = new Reader(readElement(reader, tag.sequence), 'ECPrivateKey')
  readElement(key, tag.integer)
  return readElement(key, tag.octetString)
}

const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
