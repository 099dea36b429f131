import { p256 } from '@noble/curves/nist.js'
import { type Bytes, concat } from '../oracle/wire.js'
import { flip, type Outcome, type Variant, variant } from './replay-variant.js'

const toBytes = (value: bigint, length: number): Bytes =>
  Uint8Array.from(
    value
      .toString(16)
      .padStart(2 * length, '0')
      .match(/../g) ?? [],
    (octet) => Number.parseInt(octet, 16),
  )
const toInteger = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)

/** The order of Ed25519's group, RFC 8032 section 5.1. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n

/** Of suite 1, and of the post-quantum suites. */
export const ofEd25519: Variant[] = [
  variant('Ed25519: S + L for S', 'signature', ({ signature }) => {
    const S = toInteger(signature.slice(32).reverse()) + L
    return { signature: concat(signature.slice(0, 32), toBytes(S, 32).reverse()) }
  }),
  variant('Ed25519: the other sign of R', 'signature', ({ signature }) => ({
    signature: flip(signature, 31),
  })),
]

/** Of suite 1, and of X-Wing. */
export const ofX25519: Variant[] = [
  variant('X25519: the bit of the KEM output that is ignored', 'signature', ({ kemOutput }) => ({
    kemOutput: flip(kemOutput, -1),
  })),
]

/** The two integers of an ECDSA-Sig-Value; these are short enough for lengths of one byte. */
const readDer = (der: Bytes): [r: bigint, s: bigint] => {
  const rLength = der[3] ?? 0
  return [toInteger(der.subarray(4, 4 + rLength)), toInteger(der.subarray(6 + rLength))]
}
const derInteger = (value: bigint): Bytes => {
  const hexLength = value.toString(16).length
  const bytes = toBytes(value, Math.ceil(hexLength / 2))
  const body = (bytes[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes
  return concat(Uint8Array.of(2, body.length), body)
}
const writeDer = (r: Bytes, s: Bytes): Bytes => concat(Uint8Array.of(0x30, r.length + s.length), r, s)

const n = p256.Point.CURVE().n

const ecdsa = (name: string, outcome: Variant['outcome'], change: (r: bigint, s: bigint) => Bytes): Variant =>
  variant(name, outcome, ({ signature }) => ({ signature: change(...readDer(signature)) }))

const refused = (): Outcome => 'signature'

/** Of suite 2. */
export const ofP256: Variant[] = [
  // In 00 the HPKE aad covers the signature, and Mallory has no key to encrypt the content again.
  ecdsa(
    'ECDSA: (r, n - s)',
    (revision) => (revision === '00' ? 'content' : 'opens'),
    (r, s) => writeDer(derInteger(r), derInteger(n - s)),
  ),
  ecdsa('ECDSA: r + n for r', refused, (r, s) => writeDer(derInteger(r + n), derInteger(s))),
  ecdsa('ECDSA: s + n for s', refused, (r, s) => writeDer(derInteger(r), derInteger(s + n))),
  ecdsa('ECDSA: (s, r)', refused, (r, s) => writeDer(derInteger(s), derInteger(r))),
  ecdsa('ECDSA: a zero before r', refused, (r, s) => {
    const [tag = 2, , ...value] = derInteger(r)
    return writeDer(Uint8Array.of(tag, value.length + 1, 0, ...value), derInteger(s))
  }),
  ecdsa('ECDSA: a length of two bytes', refused, (r, s) => {
    const [tag = 0x30, ...rest] = writeDer(derInteger(r), derInteger(s))
    return Uint8Array.of(tag, 0x81, ...rest)
  }),
  variant('P-256: the other point with this x as KEM output', 'signature', ({ kemOutput }) => {
    const y = p256.Point.CURVE().p - toInteger(kemOutput.subarray(33))
    return { kemOutput: concat(kemOutput.slice(0, 33), toBytes(y, 32)) }
  }),
  variant('P-256: a compressed KEM output', 'signature', ({ kemOutput }) => ({
    kemOutput: concat(p256.Point.fromBytes(kemOutput).toBytes(true)),
  })),
]
