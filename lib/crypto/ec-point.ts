import type { Bytes } from '../tls/bytes.js'
import { type CurveEquation, p256, p384, p521 } from './curves.js'

/**
 * A public key in the form of RFC 9420 section 5.1.1: a compressed point of P-256, P-384 or P-521 (SEC 1 section
 * 2.3.3; 33, 49 or 67 bytes) becomes uncompressed (65, 97 or 133); any other key is returned as it is. Undefined if no
 * point has this x. Not in constant time, which public keys do not need.
 */
export function uncompressPoint(key: Uint8Array): Uint8Array | undefined {
  const curve = [p256, p384, p521].find(({ privateKeyLength }) => key.length === 1 + privateKeyLength)
  const [form = 0] = key
  if (!curve || form >> 1 !== 1) return key
  const { p } = curve.equation
  const x = toBigInt(key.subarray(1))
  // SEC 1 section 2.3.4; p = 3 mod 4, so a square's root is its power of (p + 1) / 4.
  const ySquared = ySquaredAt(curve.equation, x)
  let y = 1n
  for (let exponent = (p + 1n) >> 2n, square = ySquared; exponent; exponent >>= 1n) {
    if (exponent & 1n) y = (y * square) % p
    square = (square * square) % p
  }
  if (x >= p || (y * y) % p !== ySquared) return undefined
  // The first byte says whether y is even or odd.
  if ((y ^ BigInt(form)) & 1n) y = p - y
  const point = new Uint8Array(curve.publicKeyLength)
  point.set(key)
  point[0] = 4
  for (let i = point.length; y; y >>= 8n) point[--i] = Number(y & 0xffn)
  return point
}

/**
 * Whether these bytes, as long as the curve's public keys, are an uncompressed point of it: SEC 1 section 2.3.4 and, as
 * RFC 9180 section 7.1.4 requires, SP 800-56A section 5.6.2.3.4. WebKit on Linux imports other points, and derives secrets
 * with them, from which their maker would learn the private key.
 */
export function isOnCurve(equation: CurveEquation, raw: Bytes): boolean {
  const { p } = equation
  const [x = p, y = p] = coordinates(raw).map(toBigInt)
  return raw[0] === 4 && x < p && y < p && y ** 2n % p === ySquaredAt(equation, x)
}

/** Of an uncompressed point. */
export function coordinates(point: Bytes): [x: Bytes, y: Bytes] {
  const middle = (point.length + 1) / 2
  return [point.subarray(1, middle), point.subarray(middle)]
}

const ySquaredAt = ({ p, b }: CurveEquation, x: bigint): bigint => (x ** 3n - 3n * x + b) % p

/** Of big-endian bytes. */
function toBigInt(bytes: Uint8Array): bigint {
  let hex = '0x'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}
