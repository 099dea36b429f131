import { MARK_LENGTH } from '../targeted/message-id.js'
import type { Bytes } from '../tls/bytes.js'

/** 32-bit words of a mark. */
const WORDS = MARK_LENGTH / 4

/**
 * A set of marks in one array: 21 to 43 bytes for each, while a `Set` of strings takes over a hundred. It uses open
 * addressing. An empty slot is all zero; nobody has found a digest like that. The slot where the search for a mark begins is
 * keyed, so that nobody can choose messages whose marks all begin in the same slot.
 */
export class MarkSet {
  #slots = new Uint32Array(16 * WORDS)
  #size = 0
  readonly #factors = crypto.getRandomValues(new Uint32Array(WORDS)).map((word) => word | 1)

  has(mark: Bytes): boolean {
    return !isEmpty(this.#slots, this.#slotOf(wordsOf(mark), 0))
  }

  /** Adds marks, given one after another. */
  addAll(marks: Bytes): void {
    const words = wordsOf(marks)
    for (let i = 0; i < words.length; i += WORDS) this.#add(words, i)
  }

  #add(words: Uint32Array, offset: number): void {
    const at = this.#slotOf(words, offset)
    if (!isEmpty(this.#slots, at)) return
    for (let i = 0; i < WORDS; i++) this.#slots[at + i] = words[offset + i] ?? 0
    this.#size++
    // At most three quarters are full.
    if (4 * WORDS * this.#size <= 3 * this.#slots.length) return
    const before = this.#slots
    this.#slots = new Uint32Array(2 * before.length)
    this.#size = 0
    for (let i = 0; i < before.length; i += WORDS) if (!isEmpty(before, i)) this.#add(before, i)
  }

  /** The slot of the mark, or else the empty slot where it belongs. */
  #slotOf(words: Uint32Array, offset: number): number {
    const slots = this.#slots
    let hash = 0
    for (let i = 0; i < WORDS; i++) hash += Math.imul(words[offset + i] ?? 0, this.#factors[i] ?? 0)
    // As many upper bits as a slot number has: they depend on every bit of the mark.
    let at = WORDS * ((hash >>> 0) >>> (1 + Math.clz32(slots.length / WORDS)))
    while (!isEmpty(slots, at) && !isSame(slots, at, words, offset)) at = (at + WORDS) % slots.length
    return at
  }
}

/** A copy, because a view of 32-bit words must be aligned. */
const wordsOf = (marks: Bytes): Uint32Array => new Uint32Array(marks.slice().buffer)

function isEmpty(slots: Uint32Array, at: number): boolean {
  for (let i = 0; i < WORDS; i++) if (slots[at + i] !== 0) return false
  return true
}

function isSame(slots: Uint32Array, at: number, words: Uint32Array, offset: number): boolean {
  for (let i = 0; i < WORDS; i++) if (slots[at + i] !== words[offset + i]) return false
  return true
}
