import { type Bytes, equalBytes } from '../../tls/bytes.js'
import { Reader } from '../../tls/reader.js'
import { bytes, encode, type Field, struct, zeros } from '../../tls/writer.js'
import { element, readElement, tag } from '../der.js'

/**
 * MLS signs ECDSA as DER (RFC 9420 section 5.1.1 by RFC 8446 section 4.2.3: `ECDSA-Sig-Value` of RFC 3279
 * section 2.2.3); SubtleCrypto takes and gives `r || s`, each as long as a coordinate.
 */
export function ecdsaToDer(signature: Bytes): Bytes {
  const half = signature.length / 2
  return encode(
    element(tag.sequence, struct(integer(signature.subarray(0, half)), integer(signature.subarray(half)))),
  )
}

/** Throws `signature` for anything but the one DER encoding of two integers that fit the curve. */
export function ecdsaFromDer(der: Bytes, coordinateLength: number): Bytes {
  const outer = new Reader(der, 'ECDSA signature', 'signature')
  const reader = new Reader(readElement(outer, tag.sequence), 'ECDSA signature', 'signature')
  const signature = new Uint8Array(2 * coordinateLength)
  for (const end of [coordinateLength, 2 * coordinateLength]) {
    const value = readElement(reader, tag.integer).slice(-coordinateLength)
    signature.set(value, end - value.length)
  }
  // A negative, too long or not minimal integer, or trailing bytes, would not encode to the same again.
  if (!equalBytes(ecdsaToDer(signature), der)) throw outer.malformed('it is not DER')
  return signature
}

/** A non-negative INTEGER in two's complement: a leading zero only where the top bit would mean a sign. */
function integer(value: Bytes): Field {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start++
  const sign = zeros((value[start] ?? 0) >> 7)
  return element(tag.integer, struct(sign, bytes(value.subarray(start))))
}
