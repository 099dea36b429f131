import { MARK_LENGTH } from '../targeted/message-id.js'
import type { Bytes } from '../tls/bytes.js'
import { MarkSet } from './mark-set.js'
import { type MarkState, type NoteOutcome, type NoteStep, noteSteps } from './note-steps.js'

/** The state of each message of an epoch. */
export class MarkStates {
  readonly #marked = new MarkSet()
  /** Marks whose state is not what {@link #marked} says, as text because they are few. */
  readonly #others = new Map<string, 'none' | 'claimed'>()

  get(mark: Bytes): MarkState {
    const other = this.#others.size > 0 ? this.#others.get(String(mark)) : undefined
    return other ?? (this.#marked.has(mark) ? 'marked' : 'none')
  }

  /** Takes a step; returns the new state and the outcome. */
  step(mark: Bytes, step: NoteStep): readonly [after: MarkState, outcome: NoteOutcome] {
    const before = this.get(mark)
    const taken = noteSteps[step][before]
    if (taken[0] !== before) this.setAll(mark, taken[0])
    return taken
  }

  /** Sets the state of marks, given one after another. */
  setAll(marks: Bytes, state: MarkState): void {
    if (state === 'marked') this.#marked.addAll(marks)
    if (state === 'marked' && this.#others.size === 0) return
    for (const mark of eachMark(marks)) {
      if (state === 'marked') this.#others.delete(String(mark))
      else this.#others.set(String(mark), state)
    }
  }
}

/** Splits marks that follow one another, as views. */
export function* eachMark(marks: Bytes): Generator<Bytes, void, undefined> {
  for (let at = 0; at < marks.length; at += MARK_LENGTH) yield marks.subarray(at, at + MARK_LENGTH)
}
