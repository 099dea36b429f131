import { TargetedMessageError } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'

/** A curve y^2 = x^3 - 3x + b over a prime field with p = 3 mod 4 (SP 800-186 section 3.2.1). */
interface WeierstrassCurve {
  readonly coordinateLength: number
  readonly p: bigint
  readonly b: bigint
}

/** By the length in bytes of a compressed point. */
const curves: Record<number, WeierstrassCurve> = {
  33: {
    coordinateLength: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  49: {
    coordinateLength: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  67: {
    coordinateLength: 66,
    p: 2n ** 521n - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

/**
 * The uncompressed form of a point on P-256, P-384 or P-521 (SEC 1 section 2.3.4): 65, 97 or 133 bytes. Not in
 * constant time, which public keys do not need. Throws `invalid-input` for an x that no point has.
 */
export function uncompressPoint(point: Uint8Array): Bytes {
  const curve = curves[point.length]
  const sign = point[0]
  if (!curve || (sign !== 2 && sign !== 3)) {
    throw new TargetedMessageError('invalid-input', `${point.length} bytes are no compressed point`)
  }
  const { coordinateLength, p, b } = curve
  const x = toBigInt(point.subarray(1))
  const ySquared = (x ** 3n - 3n * x + b) % p
  const root = power(ySquared, (p + 1n) / 4n, p)
  if (x >= p || root ** 2n % p !== ySquared) {
    throw new TargetedMessageError('invalid-input', 'a compressed point is not on its curve')
  }
  const y = (root & 1n) === BigInt(sign & 1) ? root : p - root
  const out = new Uint8Array(1 + 2 * coordinateLength)
  out[0] = 4
  out.set(toBytes(x, coordinateLength), 1)
  out.set(toBytes(y, coordinateLength), 1 + coordinateLength)
  return out
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const toBigInt = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)

function toBytes(value: bigint, length: number): Bytes {
  const digits = value.toString(16).padStart(2 * length, '0')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}
