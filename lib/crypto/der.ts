import type { Bytes } from '../tls/bytes.js'
import type { Reader } from '../tls/reader.js'
import { bytes, encode, type Field, struct, uint8 } from '../tls/writer.js'

/** The tags of X.690 that ECDSA signatures and PKCS#8 use. */
export const tag = { integer: 0x02, octetString: 0x04, sequence: 0x30 }

/** The contents of the next element, which must have this tag and a minimal length (X.690 section 10.1). */
export function readElement(reader: Reader, expected: number): Bytes {
  const found = reader.uint8()
  if (found !== expected) throw reader.malformed(`DER tag ${found}, not ${expected},`)
  return reader.bytes(readLength(reader))
}

function readLength(reader: Reader): number {
  const first = reader.uint8()
  if (first < 0x80) return first
  // Nothing here is longer than 65,535 bytes, so one or two bytes of length are enough.
  const length = first === 0x81 ? reader.uint8() : first === 0x82 ? reader.uint16() : undefined
  const least = first === 0x81 ? 0x80 : 0x100
  if (length === undefined || length < least) throw reader.malformed('DER length not minimal')
  return length
}

/** An element with its contents, which are under 256 bytes long. */
export function element(tagNumber: number, content: Uint8Array | Field): Field {
  const field = 'write' in content ? content : bytes(content)
  const length = field.length < 0x80 ? uint8(field.length) : struct(uint8(0x81), uint8(field.length))
  return struct(uint8(tagNumber), length, field)
}

export const encodeElement = (tagNumber: number, content: Field): Bytes => encode(element(tagNumber, content))
