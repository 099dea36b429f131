import type { Bytes } from '../tls/bytes.js'
import type { Reader } from '../tls/reader.js'
import { type Field, struct, uint8 } from '../tls/writer.js'

/** The tags of X.690 that ECDSA signatures and PKCS#8 use. */
export const tag = { integer: 0x02, octetString: 0x04, sequence: 0x30 }

/** The contents of the next element, which must have this tag and a minimal length (X.690 section 10.1). */
export function readElement(reader: Reader, expected: number): Bytes {
  if (reader.uint8() !== expected) throw reader.malformed(`DER tag ${expected} is missing`)
  let length = reader.uint8()
  // Nothing here is longer than 65,535 bytes, so a length has one or two bytes.
  if (length >= 0x80) {
    const least = length === 0x81 ? 0x80 : 0x100
    length = length === 0x81 ? reader.uint8() : length === 0x82 ? reader.uint16() : 0
    if (length < least) throw reader.malformed('the DER length is not in its shortest form')
  }
  return reader.bytes(length)
}

/** An element whose contents are under 256 bytes long. */
export const element = (tagNumber: number, content: Field): Field =>
  content.length < 0x80
    ? struct(uint8(tagNumber), uint8(content.length), content)
    : struct(uint8(tagNumber), uint8(0x81), uint8(content.length), content)
