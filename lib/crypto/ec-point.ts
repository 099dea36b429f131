import type { Bytes } from '../tls/bytes.js'
import { type Curve, type CurveEquation, p256, p384, p521 } from './curves.js'

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
export function isPoint({ equation }: Curve, raw: Bytes): boolean {
  const [form] = raw
  const [x, y] = coordinates(raw).map(toBigInt)
  if (!equation || form !== 4 || x === undefined || y === undefined) return false
  return x < equation.p && y < equation.p && (y * y) % equation.p === ySquaredAt(equation, x)
}

/** Of an uncompressed point. */
export function coordinates(point: Bytes): [x: Bytes, y: Bytes] {
  const middle = (point.length + 1) / 2
  return [point.subarray(1, middle), point.subarray(middle)]
}

const ySquaredAt = ({ p, b }: CurveEquation, x: bigint): bigint => (x ** 3n - 3n * x + b) % p

/** Of big-endian bytes, eight at a time. */
function toBigInt(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let value = 0n
  let at = 0
  for (; at + 8 <= bytes.length; at += 8) value = (value << 64n) | view.getBigUint64(at)
  for (; at < bytes.length; at++) value = (value << 8n) | BigInt(view.getUint8(at))
  return value
}
