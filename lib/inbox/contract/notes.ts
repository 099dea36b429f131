import { type MarkState, type NoteStep, noteSteps } from '../note-steps.js'
import type { InboxStore, Note } from '../store.js'
import { expectSame } from './expect.js'
import type { StoreCheck } from './inbox-store.js'
import { entering, groupOf, makeRecord, newMark, noteOf } from './records.js'

const groupId = Uint8Array.of(4, 5, 6)
const other = Uint8Array.of(4, 5)

/** A store with epochs 8 and 7 of one group, and epoch 7 of another. */
async function filled(store: InboxStore): Promise<InboxStore> {
  await store.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
  await store.change(groupId, entering(await makeRecord(groupId, 8n), groupOf(groupId, [8n, 7n])))
  await store.change(other, entering(await makeRecord(other, 7n), groupOf(other, [7n])))
  return store
}

/** Steps that lead to each state. */
const waysTo: Record<MarkState, readonly NoteStep[]> = { none: [], claimed: ['claim'], marked: ['mark'] }

const stepsFrom: readonly (readonly [MarkState, NoteStep])[] = (
  ['none', 'claimed', 'marked'] as const
).flatMap((state) =>
  (['mark', 'claim', 'confirm', 'withdraw'] as const).map((step) => [state, step] as const),
)

/** Marks. */
export const notes: readonly StoreCheck[] = [
  {
    name: 'takes every step in every state, each in a transaction of its own or all in one',
    async check(open) {
      const store = await filled(await open())
      for (const [state, step] of stepsFrom) {
        const [after, outcome] = noteSteps[step][state]
        // The state that a step leaves shows in the answers of the next two steps.
        const steps: NoteStep[] = [...waysTo[state], step, 'claim', 'mark']
        const claimed = noteSteps.claim[after]
        const wanted = [...waysTo[state].map(() => 'new'), outcome, claimed[1], noteSteps.mark[claimed[0]][1]]
        const listOf = (mark: Note['mark']) => steps.map((one) => noteOf(groupId, 8n, { mark, step: one }))
        const name = `${step} of what is ${state}`
        expectSame(await store.note(listOf(newMark())), wanted, `${name}, all in one`)
        const outcomes: unknown[] = []
        for (const note of listOf(newMark())) outcomes.push(...(await store.note([note])))
        expectSame(outcomes, wanted, `${name}, one after another`)
      }
    },
  },
  {
    name: 'notes many messages at once, each by its whole mark',
    async check(open) {
      const store = await filled(await open())
      const mark = newMark()
      const alike = Array.from(mark, (_, at) => mark.map((byte, i) => (i === at ? byte ^ 0x80 : byte)))
      const batch = [mark, ...alike, mark].map((one) => noteOf(groupId, 8n, { mark: one }))
      expectSame(await store.note(batch), [...Array(17).fill('new'), 'seen'], 'outcomes')
      expectSame(await store.note(batch), Array(18).fill('seen'), 'outcomes, again')
      expectSame(await store.note([]), [], 'no notes')
    },
  },
  {
    name: 'says that an epoch has gone: another stamp, epoch or group; in one batch with what is kept',
    async check(open) {
      const store = await filled(await open())
      const mark = newMark()
      const batch = [
        noteOf(groupId, 8n, { mark }),
        noteOf(groupId, 8n, { mark, stamp: '7' }),
        noteOf(groupId, 9n, { mark }),
        noteOf(groupId, 7n, { mark }),
        noteOf(Uint8Array.of(4), 7n, { mark, stamp: 'x' }),
        noteOf(other, 7n, { mark, stamp: 'y' }),
      ]
      expectSame(await store.note(batch), ['new', 'gone', 'gone', 'new', 'gone', 'gone'], 'outcomes')
      expectSame(await store.note([noteOf(other, 7n, { mark })]), ['new'], 'the other group')
    },
  },
  {
    name: 'keeps marks when an epoch is entered again, and forgets them with it',
    async check(open) {
      const store = await filled(await open())
      const record = await makeRecord(groupId, 8n)
      const mark = newMark()
      await store.note([noteOf(groupId, 8n, { mark }), noteOf(groupId, 7n, { mark })])
      await store.change(groupId, entering(record, groupOf(groupId, [8n, 7n], 'again')))
      expectSame(await store.note([noteOf(groupId, 8n, { mark })]), ['gone'], 'under the stamp before')
      const again = { mark, stamp: 'again' }
      expectSame(await store.note([noteOf(groupId, 8n, again)]), ['seen'], 'entered again')
      await store.change(groupId, () => ({ group: groupOf(groupId, [8n], 'again') }))
      expectSame(await store.note([noteOf(groupId, 7n, again)]), ['gone'], 'an epoch that has gone')
      await store.change(groupId, () => ({ group: undefined }))
      expectSame(await store.note([noteOf(groupId, 8n, again)]), ['gone'], 'a group that has gone')
      await store.change(groupId, entering(record, groupOf(groupId, [8n], 'again')))
      expectSame(await store.note([noteOf(groupId, 8n, again)]), ['new'], 'entered anew')
    },
  },
  {
    name: 'remembers thousands, in batches of any size',
    async check(open) {
      const store = await filled(await open())
      const marks = Array.from({ length: 3000 }, newMark)
      for (let at = 0, size = 1; at < marks.length; at += size, size = (size * 7) % 101) {
        const batch = marks.slice(at, at + size).map((mark) => noteOf(groupId, 8n, { mark }))
        expectSame(new Set(await store.note(batch)).has('seen'), false, `a batch of ${size}`)
      }
      const all = marks.map((mark) => noteOf(groupId, 8n, { mark }))
      expectSame([...new Set(await store.note(all))], ['seen'], 'all of them, again')
    },
  },
]
