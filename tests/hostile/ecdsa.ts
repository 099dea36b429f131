import { p256, p384, p521 } from '@noble/curves/nist.js'
import { type Bytes, concat } from '../oracle/wire.js'

const curves = { 2: p256, 5: p521, 7: p384 } as const

export type EcSuite = keyof typeof curves

export const isEcSuite = (cipherSuite: number): cipherSuite is EcSuite => cipherSuite in curves

export const isX25519Suite = (cipherSuite: number): boolean => cipherSuite === 1 || cipherSuite === 3

const toInteger = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)

function toBytes(value: bigint, length: number): Bytes {
  const digits = value.toString(16).padStart(2 * length, '0')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

const element = (tag: number, ...contents: Uint8Array[]): Bytes => {
  const content = concat(...contents)
  const { length } = content
  return concat(Uint8Array.of(tag, ...(length < 0x80 ? [length] : [0x81, length])), content)
}

/** Two's complement, as short as it gets. */
function integer(value: bigint): Bytes {
  const bytes = toBytes(value, Math.ceil(value.toString(16).length / 2))
  return element(2, (bytes[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes)
}

/** r and s of an ECDSA-Sig-Value. */
function integersOf(der: Bytes): [r: bigint, s: bigint] {
  const at = der[1] === 0x81 ? 3 : 2
  const rEnd = at + 2 + (der[at + 1] ?? 0)
  return [toInteger(der.subarray(at + 2, rEnd)), toInteger(der.subarray(rEnd + 2))]
}

/** What could stand for an ECDSA signature, and must not: other encodings of the same, and numbers out of range. */
export function wrongEcdsa(cipherSuite: EcSuite, der: Bytes): ReadonlyMap<string, Bytes> {
  const { n } = curves[cipherSuite].Point.CURVE()
  const [r, s] = integersOf(der)
  const [R, S] = [integer(r), integer(s)]
  const sequence = (...contents: Uint8Array[]) => element(0x30, ...contents)
  const body = concat(R, S)
  const size = Math.ceil(n.toString(16).length / 2)
  const withZeros = (value: bigint, zeros: number) =>
    element(2, new Uint8Array(zeros), toBytes(value, size + 1))
  return new Map([
    ['r || s', concat(toBytes(r, size), toBytes(s, size))],
    ['a zero more before r', sequence(withZeros(r, 1), S)],
    ['a zero more before s', sequence(R, withZeros(s, 1))],
    ['a hundred zeros before s', sequence(R, withZeros(s, 100))],
    ['r negative', sequence(element(2, toBytes(r | (1n << BigInt(8 * size - 1)), size)), S)],
    ['a length of two bytes', concat(Uint8Array.of(0x30, 0x82, 0, body.length), body)],
    ['a length of five bytes', concat(Uint8Array.of(0x30, 0x84, 0, 0, 0, body.length), body)],
    ['an indefinite length', concat(Uint8Array.of(0x30, 0x80), body, new Uint8Array(2))],
    ['a length past the end', concat(Uint8Array.of(0x30, 0x82, 0xff, 0xff), body)],
    ['a SET', element(0x31, R, S)],
    ['a primitive sequence', element(0x10, R, S)],
    ['an OCTET STRING for r', sequence(element(4, R.subarray(2)), S)],
    ['a sequence in a sequence', sequence(sequence(R, S))],
    ['nothing', new Uint8Array()],
    ['an empty sequence', sequence()],
    ['r alone', sequence(R)],
    ['three integers', sequence(R, S, S)],
    ['a byte after s', sequence(R, S, new Uint8Array(1))],
    ['a byte after the sequence', concat(der, new Uint8Array(1))],
    ['the signature twice', concat(der, der)],
    ['empty integers', sequence(element(2), element(2))],
    ['r = 0', sequence(integer(0n), S)],
    ['s = 0', sequence(R, integer(0n))],
    ['both 0', sequence(integer(0n), integer(0n))],
    ['r = n', sequence(integer(n), S)],
    ['s = n', sequence(R, integer(n))],
    ['r + n', sequence(integer(r + n), S)],
    ['s + n', sequence(R, integer(s + n))],
    ['s and r', sequence(S, R)],
    ['r = s = 1', sequence(integer(1n), integer(1n))],
    ['r = s = n - 1', sequence(integer(n - 1n), integer(n - 1n))],
    ['a number of 120 bytes', sequence(element(2, new Uint8Array(120).fill(0x7f)), S)],
  ])
}

/** KEM outputs that are no uncompressed point of the curve. */
export function wrongPoints(cipherSuite: EcSuite, point: Bytes): ReadonlyMap<string, Bytes> {
  const curve = curves[cipherSuite]
  const { p } = curve.Point.CURVE()
  const size = (point.length - 1) / 2
  const x = point.slice(1, 1 + size)
  const y = point.slice(1 + size)
  const uncompressed = (...coordinates: Uint8Array[]) => concat(Uint8Array.of(4), ...coordinates)
  const ofPrefix = (prefix: number) => concat(Uint8Array.of(prefix), x, y)
  const isOdd = ((y.at(-1) ?? 0) & 1) === 1
  const changed = y.slice()
  changed[size - 1] = (changed[size - 1] ?? 0) ^ 1
  return new Map([
    ['off the curve', uncompressed(x, changed)],
    ['the coordinates swapped', uncompressed(y, x)],
    ['(0, 0)', uncompressed(new Uint8Array(2 * size))],
    ['(p, y)', uncompressed(toBytes(p, size), y)],
    ['(x, p)', uncompressed(x, toBytes(p, size))],
    ['all ones', uncompressed(new Uint8Array(2 * size).fill(0xff))],
    ['the point at infinity', Uint8Array.of(0)],
    ['the point at infinity, as long as others', new Uint8Array(point.length)],
    ['compressed', concat(curve.Point.fromBytes(point).toBytes(true))],
    ['hybrid', ofPrefix(isOdd ? 7 : 6)],
    ['hybrid of the other sign', ofPrefix(isOdd ? 6 : 7)],
    ['an unknown form', ofPrefix(5)],
  ])
}
