import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MARK_LENGTH } from '../targeted/message-id.js'
import { eachMark, MarkStates } from './mark-states.js'
import { type MarkState, type NoteStep, noteSteps } from './note-steps.js'

const markOf = (i: number) => new Uint8Array(MARK_LENGTH).fill(i + 1)
const allOf = (indices: readonly number[]) =>
  Uint8Array.from(indices.flatMap((index) => Array.from(markOf(index))))

const index = fc.integer({ min: 0, max: 5 })
const step = fc.constantFrom<NoteStep>('mark', 'claim', 'confirm', 'withdraw')
const state = fc.constantFrom<MarkState>('none', 'claimed', 'marked')
const deed = fc.oneof(
  fc.record({ index, step }),
  fc.record({ indices: fc.uniqueArray(index, { maxLength: 6 }), state }),
)

test('each mark has the state that its own steps led to, whatever happens to others', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const states = new MarkStates()
      const model = new Map<number, MarkState>()
      for (const what of deeds) {
        if ('step' in what) {
          const taken = noteSteps[what.step][model.get(what.index) ?? 'none']
          expect(states.step(markOf(what.index), what.step)).toEqual(taken)
          model.set(what.index, taken[0])
        } else if (what.state !== 'none') {
          states.setAll(allOf(what.indices), what.state)
          for (const one of what.indices) model.set(one, what.state)
        }
        for (let i = 0; i < 6; i++) expect(states.get(markOf(i))).toBe(model.get(i) ?? 'none')
      }
    }),
  )
})

test('marks that follow one another are views, and none is left over', () => {
  const marks = allOf([0, 1, 2])
  const each = [...eachMark(marks)]
  expect(each.map((mark) => [mark.buffer === marks.buffer, mark.length])).toEqual(
    Array(3).fill([true, MARK_LENGTH]),
  )
  expect([...eachMark(new Uint8Array())]).toEqual([])
})
