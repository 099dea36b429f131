import { concat } from '../oracle/wire.js'
import { smallOrderPoints } from './x25519.js'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Ciphertexts of the right length that nobody encapsulated. ML-KEM rejects none of them: it gives another secret (FIPS 203
 * section 6.3), and X-Wing hashes what X25519 gives, a point of small order or not.
 */
export function wrongCiphertexts(ciphertext: Bytes): ReadonlyMap<string, Bytes> {
  const { length } = ciphertext
  const end = (point: Bytes) => concat(ciphertext.subarray(0, length - point.length), point)
  const flipped = (at: number) => ciphertext.map((byte, i) => (i === at ? byte ^ 1 : byte))
  return new Map([
    ['zero', new Uint8Array(length)],
    ['all ones', new Uint8Array(length).fill(0xff)],
    ['reversed', ciphertext.slice().reverse()],
    ['another one', crypto.getRandomValues(new Uint8Array(length))],
    ['its second half twice', concat(ciphertext.subarray(length / 2), ciphertext.subarray(length / 2))],
    ...[0, 400, 1087, length - 1].map((at) => [`byte ${at} changed`, flipped(at)] as const),
    ...Array.from(
      smallOrderPoints,
      ([name, point]) => [`its end of small order: ${name}`, end(point)] as const,
    ),
  ])
}
