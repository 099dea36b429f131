import { concat } from '../oracle/wire.js'

type Bytes = Uint8Array<ArrayBuffer>

/** mulberry32: fast, and the same numbers for the same seed everywhere. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Bytes at random, and messages with something changed at random. */
export class RandomInput {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = generator(seed)
  }

  /** From 0 to `below` - 1. */
  number(below: number): number {
    return Math.floor(this.#next() * below)
  }

  bytes(length: number): Bytes {
    return Uint8Array.from({ length }, () => this.number(256))
  }

  /** Of any length under `below`, of which short ones are as likely as long ones by the factor. */
  anyBytes(below: number): Bytes {
    return this.bytes(Math.floor(below ** this.#next()) - 1)
  }

  /** One to four changes: bits, bytes, pieces taken out, doubled, put elsewhere or replaced. */
  mutated(message: Uint8Array): Bytes {
    let out: Bytes = concat(message)
    for (let changes = 1 + this.number(4); changes > 0; changes--) out = this.#change(out)
    return out
  }

  #change(bytes: Bytes): Bytes {
    const at = this.number(bytes.length + 1)
    const end = Math.min(bytes.length, at + this.number(1 + this.number(40)))
    const piece = bytes.slice(at, end)
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(end)]
    const elsewhere = this.number(bytes.length + 1)
    const changes = [
      () => concat(head, tail),
      () => concat(head, piece, piece, tail),
      () => concat(head, this.bytes(piece.length), tail),
      () => concat(head, this.anyBytes(50), bytes.subarray(at)),
      () => concat(head, new Uint8Array(piece.length).fill(this.number(2) * 255), tail),
      () => concat(bytes.subarray(0, elsewhere), piece, bytes.subarray(elsewhere)),
      () => head.slice(),
      () => bytes.map((byte, i) => (i === at ? byte ^ (1 << this.number(8)) : byte)),
      () => bytes.map((byte, i) => (i === at ? (byte + this.number(2) * 2 + 255) & 0xff : byte)),
    ]
    return (changes[this.number(changes.length)] ?? (() => bytes))()
  }
}
