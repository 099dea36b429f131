import { MARK_LENGTH } from '../targeted/message-id.js'
import type { Bytes } from '../tls/bytes.js'
import { bytes, encode } from '../tls/writer.js'
import { eachMark, MarkStates } from './mark-states.js'
import type { MarkState, NoteOutcome } from './note-steps.js'
import type { Note } from './store.js'

/** A record of an epoch's log: marks of 16 bytes each, one after another, by their new state. */
export interface LogRecord extends Readonly<Record<MarkState, Bytes>> {
  /** From 1, ascending. */
  readonly sequence: number
  /** The first of the records that this one replaces; its own number if it replaces none. */
  readonly from: number
}

const STATES: readonly MarkState[] = ['none', 'claimed', 'marked']

/** How many small records at the end of the log are merged into one. */
const MERGED_RECORDS = 64

/** A record with this many marks is not small, and stays as it is. */
const FULL_RECORD = 512

/**
 * What an instance knows of an epoch's log. Messages that are noted together are written as one record, and only records
 * that others have written since are read. Full records are never written again.
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

  /** Adds the records after {@link last}. */
  read(records: readonly LogRecord[]): void {
    for (const record of records) {
      for (const state of STATES) this.#states.setAll(record[state], state)
      this.#append(record)
    }
  }

  /** Takes each step. Returns the outcomes, and the record to write if a state has changed. */
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

/** The new state of each mark, by the mark as text. */
type Changes = Map<string, { readonly mark: Bytes; readonly state: MarkState }>

function toRecord(sequence: number, from: number, changes: Changes): LogRecord {
  const all = [...changes.values()]
  const marksIn = (wanted: MarkState): Bytes =>
    encode(...all.filter(({ state }) => state === wanted).map(({ mark }) => bytes(mark)))
  return { sequence, from, none: marksIn('none'), claimed: marksIn('claimed'), marked: marksIn('marked') }
}
