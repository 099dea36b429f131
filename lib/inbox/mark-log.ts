import { MARK_LENGTH } from '../targeted/message-id.js'
import type { Bytes } from '../tls/bytes.js'
import { bytes, encode } from '../tls/writer.js'
import { eachMark, MarkStates } from './mark-states.js'
import type { MarkState, NoteOutcome } from './note-steps.js'
import type { Note } from './store.js'

/** A record of an epoch's log. Marks are 16 bytes each, one after another, by the state that they are in from now on. */
export interface LogRecord extends Readonly<Record<MarkState, Bytes>> {
  /** From 1, ascending. */
  readonly sequence: number
  /** The first of the records that this one has taken the place of; its own number where there is none. */
  readonly from: number
}

const STATES: readonly MarkState[] = ['none', 'claimed', 'marked']

/** So many small records at the end of the log are merged into one. */
const MERGED_RECORDS = 64

/** A record with as many marks is not small, and stays as it is. */
const FULL_RECORD = 512

/**
 * What an instance knows of an epoch's log. A message costs its mark and a share of a record: whoever notes messages
 * writes one record for all of them, and reads only what others have written since. Nobody rewrites what is full.
 */
export class MarkLog {
  readonly #states = new MarkStates()
  /** The small records at the end. */
  #tail: LogRecord[] = []
  #last = 0

  /** The sequence number of the newest record that was read or made. */
  get last(): number {
    return this.#last
  }

  /** Takes in what follows {@link last}. */
  read(records: readonly LogRecord[]): void {
    for (const record of records) {
      for (const state of STATES) this.#states.setAll(record[state], state)
      this.#append(record)
    }
  }

  /** Takes each step; gives the outcomes, and the record that is to be written if a state has changed. */
  note(notes: readonly Pick<Note, 'mark' | 'step'>[]): {
    outcomes: NoteOutcome[]
    record: LogRecord | undefined
  } {
    const changed: Changes = new Map()
    const outcomes = notes.map(({ mark, step }) => {
      const before = this.#states.get(mark)
      const [state, outcome] = this.#states.step(mark, step)
      if (state !== before) changed.set(String(mark), { mark, state })
      return outcome
    })
    if (changed.size === 0) return { outcomes, record: undefined }
    const record = this.#recordOf(changed)
    this.#append(record)
    return { outcomes, record }
  }

  #recordOf(changed: Changes): LogRecord {
    const sequence = this.#last + 1
    const [first] = this.#tail
    if (!first || this.#tail.length < MERGED_RECORDS) return toRecord(sequence, sequence, changed)
    const merged: Changes = new Map()
    for (const record of this.#tail) {
      for (const state of STATES) {
        for (const mark of eachMark(record[state])) merged.set(String(mark), { mark, state })
      }
    }
    for (const [key, change] of changed) merged.set(key, change)
    return toRecord(sequence, first.sequence, merged)
  }

  #append(record: LogRecord): void {
    this.#last = record.sequence
    const isFull =
      record.none.length + record.claimed.length + record.marked.length >= MARK_LENGTH * FULL_RECORD
    this.#tail = isFull ? [] : [...this.#tail.filter(({ sequence }) => sequence < record.from), record]
  }
}

/** By the mark as text: the state that it comes to. */
type Changes = Map<string, { readonly mark: Bytes; readonly state: MarkState }>

function toRecord(sequence: number, from: number, changes: Changes): LogRecord {
  const all = [...changes.values()]
  const marksIn = (wanted: MarkState): Bytes =>
    encode(...all.filter(({ state }) => state === wanted).map(({ mark }) => bytes(mark)))
  return { sequence, from, none: marksIn('none'), claimed: marksIn('claimed'), marked: marksIn('marked') }
}
