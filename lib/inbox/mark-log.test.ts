import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex } from '../../tests/support/hex.js'
import { randomBytes } from '../../tests/support/random-group.js'
import { type LogRecord, MarkLog } from './mark-log.js'
import { type MarkState, type NoteStep, noteSteps } from './note-steps.js'

/** A store of log records that two instances share. */
function shared() {
  const records = new Map<number, LogRecord>()
  const instance = () => {
    const log = new MarkLog()
    return (notes: { mark: Uint8Array<ArrayBuffer>; step: NoteStep }[]) => {
      log.read(
        [...records.values()]
          .filter(({ sequence }) => sequence > log.last)
          .sort((a, b) => a.sequence - b.sequence),
      )
      const { outcomes, record } = log.note(notes)
      if (record) {
        for (let at = record.from; at < record.sequence; at++) records.delete(at)
        records.set(record.sequence, record)
      }
      return outcomes
    }
  }
  return { records, instance }
}

const markOf = (n: number) => new Uint8Array(16).fill(n + 1)
const step = fc.constantFrom<NoteStep>('mark', 'claim', 'confirm', 'withdraw')

describe('MarkLog', () => {
  test('properties: any steps by two instances, and a third that reads all of it', () => {
    const batch = fc.tuple(fc.nat(1), fc.array(fc.tuple(fc.nat(12), step), { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 200 }), (batches) => {
        const { instance } = shared()
        const instances = [instance(), instance()]
        const states = new Map<number, MarkState>()
        for (const [who, notes] of batches) {
          const wanted = notes.map(([n, wantedStep]) => {
            const [after, outcome] = noteSteps[wantedStep][states.get(n) ?? 'none']
            states.set(n, after)
            return outcome
          })
          const given = notes.map(([n, one]) => ({ mark: markOf(n), step: one }))
          expect(instances[who]?.(given)).toEqual(wanted)
        }
        const late = instance()
        for (const [n, state] of states) {
          expect(late([{ mark: markOf(n), step: 'mark' }])).toEqual([noteSteps.mark[state][1]])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('one message at a time costs few records: small ones are merged, full ones stay', () => {
    const { records, instance } = shared()
    const note = instance()
    const marks = Array.from({ length: 5000 }, () => randomBytes(16))
    let written = 0
    for (const mark of marks) {
      expect(note([{ mark, step: 'mark' }])).toEqual(['new'])
      written += Math.max(
        ...[...records.values()]
          .filter((one) => one.sequence === Math.max(...records.keys()))
          .map(({ marked }) => marked.length),
      )
    }
    const all = [...records.values()]
    expect(all.length).toBeLessThan(64 + 5000 / 512)
    expect(all.reduce((sum, { marked }) => sum + marked.length, 0)).toBe(16 * 5000)
    expect(new Set(all.map(({ marked }) => hex(marked))).size).toBe(all.length)
    // What is written again stays in proportion to what is new.
    expect(written).toBeLessThan(16 * 5000 * 8)
    expect(instance()(marks.map((mark) => ({ mark, step: 'mark' })))).toEqual(marks.map(() => 'seen'))
  })

  test('what changes nothing is not written', () => {
    const { records, instance } = shared()
    const note = instance()
    note([{ mark: markOf(1), step: 'mark' }])
    const before = records.size
    note([
      { mark: markOf(1), step: 'mark' },
      { mark: markOf(2), step: 'withdraw' },
    ])
    expect(records.size).toBe(before)
  })

  test('a mark that is given twice at once is written once', () => {
    const { records, instance } = shared()
    const twice = { mark: markOf(1), step: 'mark' as const }
    expect(instance()([twice, twice])).toEqual(['new', 'seen'])
    expect([...records.values()].map(({ marked }) => hex(marked))).toEqual([hex(markOf(1))])
  })
})
