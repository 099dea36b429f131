import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { struct } from '../tls/writer.js'
import { element, encodeElement, readElement, tag } from './der.js'

/**
 * MLS signs ECDSA as DER (RFC 9420 section 5.1.1 by RFC 8446 section 4.2.3: `ECDSA-Sig-Value` of RFC 3279
 * section 2.2.3); SubtleCrypto takes and gives `r || s`, each as long as a coordinate.
 */
export function ecdsaToDer(signature: Bytes): Bytes {
  const half = signature.length / 2
  const r = element(tag.integer, minimalInteger(signature.subarray(0, half)))
  const s = element(tag.integer, minimalInteger(signature.subarray(half)))
  return encodeElement(tag.sequence, struct(r, s))
}

/** Strict: one encoding a signature. Throws `malformed` for any other, and for integers too long for the curve. */
export function ecdsaFromDer(der: Bytes, coordinateLength: number): Bytes {
  const outer = new Reader(der, 'ECDSA signature')
  const inner = new Reader(readElement(outer, tag.sequence), 'ECDSA signature')
  outer.end()
  const signature = new Uint8Array(2 * coordinateLength)
  signature.set(readInteger(inner, coordinateLength), 0)
  signature.set(readInteger(inner, coordinateLength), coordinateLength)
  inner.end()
  return signature
}

/** A non-negative INTEGER in two's complement: no needless zero, one where the top bit would mean a sign. */
function minimalInteger(value: Bytes): Bytes {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start++
  if ((value[start] ?? 0) < 0x80) return value.subarray(start)
  const out = new Uint8Array(value.length - start + 1)
  out.set(value.subarray(start), 1)
  return out
}

function readInteger(reader: Reader, length: number): Bytes {
  const content = readElement(reader, tag.integer)
  const [first, second = 0] = content
  if (first === undefined || first >= 0x80) throw reader.malformed('integer empty or negative')
  if (first === 0 && content.length > 1 && second < 0x80) throw reader.malformed('integer not minimal')
  const magnitude = first === 0 ? content.subarray(1) : content
  if (magnitude.length > length) throw reader.malformed('integer longer than the curve')
  const out = new Uint8Array(length)
  out.set(magnitude, length - magnitude.length)
  return out
}
