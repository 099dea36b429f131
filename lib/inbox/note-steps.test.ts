import { expect, test } from 'vitest'
import { type MarkState, type NoteOutcome, type NoteStep, noteSteps } from './note-steps.js'

/** What the inbox relies on, in words. */
test.each<[why: string, step: NoteStep, before: MarkState, after: MarkState, outcome: NoteOutcome]>([
  ['a message is received once', 'mark', 'none', 'marked', 'new'],
  ['who has no keep waits for who has', 'mark', 'claimed', 'claimed', 'claimed'],
  ['a second delivery is a replay', 'mark', 'marked', 'marked', 'seen'],
  ['keep begins', 'claim', 'none', 'claimed', 'new'],
  ['keep begins again after it was interrupted', 'claim', 'claimed', 'claimed', 'new'],
  ['keep does not begin for a message that was received', 'claim', 'marked', 'marked', 'seen'],
  ['keep has resolved, and its claim was lost', 'confirm', 'none', 'marked', 'new'],
  ['keep has resolved', 'confirm', 'claimed', 'marked', 'new'],
  ['keep has resolved twice', 'confirm', 'marked', 'marked', 'seen'],
  ['nothing to undo', 'withdraw', 'none', 'none', 'new'],
  ['a claim is not undone: its keep may still run', 'withdraw', 'claimed', 'claimed', 'new'],
  ['a message that was not handed out can be received again', 'withdraw', 'marked', 'none', 'new'],
])('%s: %s of %s', (_, step, before, after, outcome) => {
  expect(noteSteps[step][before]).toEqual([after, outcome])
})
