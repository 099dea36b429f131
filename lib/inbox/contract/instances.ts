import type { Bytes } from '../../tls/bytes.js'
import { DEFAULT_WINDOW, type InboxStore } from '../store.js'
import { expectRejection, expectSame, publicPart } from './expect.js'
import type { StoreCheck } from './inbox-store.js'
import { entering, groupOf, makeRecord, newMark, noteOf } from './records.js'

const groupId = Uint8Array.of(7, 8, 9)

/** Waits until `condition` holds, for a second at most. */
async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 1000) throw new Error(`${what}: not within a second`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Two instances on the same data, and closing one of them. */
export const instances: readonly StoreCheck[] = [
  {
    name: 'what one instance stores, another has',
    async check(open) {
      const [one, two] = [await open(), await open()]
      const record = await makeRecord(groupId, 7n)
      await one.window({ pastEpochs: 2 })
      await one.change(groupId, entering(record, groupOf(groupId, [7n])))
      const read = await two.read(groupId)
      expectSame(publicPart(read.record), publicPart(record), 'the record')
      expectSame(read.window.pastEpochs, 2, 'the window')
    },
  },
  {
    name: 'of two instances that note a message at the same time, one is the first',
    async check(open) {
      const [one, two] = [await open(), await open()]
      await one.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
      const notes = Array.from({ length: 200 }, () => noteOf(groupId, 7n))
      const outcomes = await Promise.all(
        notes.flatMap((note, i) => (i % 2 ? [one, two] : [two, one]).map((store) => store.note([note]))),
      )
      const flat = outcomes.flat()
      for (let i = 0; i < flat.length; i += 2) {
        expectSame([flat[i], flat[i + 1]].sort(), ['new', 'seen'], `message ${i / 2}`)
      }
    },
  },
  {
    name: 'a claim of one instance is a claim for the other, and its mark a mark',
    async check(open) {
      const [one, two] = [await open(), await open()]
      await one.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
      const mark = newMark()
      expectSame(await one.note([noteOf(groupId, 7n, { mark, step: 'claim' })]), ['new'], 'claim')
      expectSame(await two.note([noteOf(groupId, 7n, { mark })]), ['claimed'], 'mark by the other')
      expectSame(await one.note([noteOf(groupId, 7n, { mark, step: 'confirm' })]), ['new'], 'confirm')
      expectSame(await two.note([noteOf(groupId, 7n, { mark })]), ['seen'], 'mark by the other, again')
      expectSame(await two.note([noteOf(groupId, 7n, { mark, step: 'withdraw' })]), ['new'], 'withdraw')
      expectSame(await one.note([noteOf(groupId, 7n, { mark })]), ['new'], 'mark, after all')
    },
  },
  {
    name: 'what one instance has changed holds at once for the other, which had it before',
    async check(open) {
      const [one, two] = [await open(), await open()]
      const record = await makeRecord(groupId, 7n)
      const enter = (stamp: string) => one.change(groupId, entering(record, groupOf(groupId, [7n], stamp)))
      const noteBy = (store: InboxStore, stamp: string) => store.note([noteOf(groupId, 7n, { stamp })])
      await enter('first')
      expectSame(await noteBy(two, 'first'), ['new'], 'note')
      expectSame((await two.read(groupId)).group, groupOf(groupId, [7n], 'first'), 'the group')
      await enter('second')
      expectSame(await noteBy(two, 'first'), ['gone'], 'note under the stamp before')
      expectSame((await two.read(groupId)).group, groupOf(groupId, [7n], 'second'), 'the group entered again')
      expectSame(await noteBy(two, 'second'), ['new'], 'note under the new stamp')
      await one.change(groupId, () => ({ group: undefined }))
      expectSame(await noteBy(two, 'second'), ['gone'], 'note for a group that was left')
      expectSame(await two.read(groupId), { window: DEFAULT_WINDOW }, 'read of a group that was left')
      expectSame(await two.groups(), [], 'groups')
    },
  },
  {
    name: 'who reads during a change finds all of it or nothing',
    async check(open) {
      const [one, two] = [await open(), await open()]
      for (let epoch = 1n; epoch <= 8n; epoch++) {
        const record = await makeRecord(groupId, epoch)
        let isChanging = true
        const changing = one.change(groupId, entering(record, groupOf(groupId, [epoch]))).finally(() => {
          isChanging = false
        })
        const readBy = async (store: InboxStore): Promise<void> => {
          while (isChanging) {
            for (let i = 0; i < 5; i++) {
              const { group, record: found } = await store.read(groupId)
              expectSame(found?.epoch, group?.epochs[0]?.epoch, 'the epoch of the record')
            }
            // What the change waits for must have its turn, too.
            await new Promise((resolve) => setTimeout(resolve, 0))
          }
        }
        await Promise.all([changing, readBy(one), readBy(two)])
      }
    },
  },
  {
    name: 'changes at the same time come one after another',
    async check(open) {
      const [one, two] = [await open(), await open()]
      const records = await Promise.all(Array.from({ length: 10 }, (_, i) => makeRecord(groupId, BigInt(i))))
      await Promise.all(
        records.map((record, i) =>
          (i % 2 ? one : two).change(groupId, (group) => {
            const epochs = [record.epoch, ...(group?.epochs ?? []).map(({ epoch }) => epoch)]
            return { record, group: groupOf(groupId, epochs.sort().reverse()) }
          }),
        ),
      )
      expectSame((await one.read(groupId)).group?.epochs.length, 10, 'epochs that are kept')
    },
  },
  {
    name: 'who watches hears of every change, of its own instance and of the other, within a second',
    async check(open) {
      const [one, two] = [await open(), await open()]
      const heard: [string, Bytes | undefined][] = []
      one.watch((id) => heard.push(['one', id]))
      two.watch((id) => heard.push(['two', id]))
      await one.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
      const hasHeard = (who: string, id?: Bytes) =>
        heard.some(([name, about]) => name === who && (about === undefined || String(about) === String(id)))
      await until(() => hasHeard('one', groupId) && hasHeard('two', groupId), 'a change')
      heard.length = 0
      await two.window({ pastEpochs: 1 })
      await until(() => hasHeard('one') && hasHeard('two'), 'another window')
    },
  },
  {
    name: 'after close every call rejects, closing twice is harmless, and the other instance still works',
    async check(open) {
      const [one, two] = [await open(), await open()]
      await one.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
      two.close()
      two.close()
      const calls: [string, () => Promise<unknown>][] = [
        ['window', () => two.window({})],
        ['groups', () => two.groups()],
        ['read', () => two.read(groupId)],
        ['change', () => two.change(groupId, () => ({ group: undefined }))],
        ['note', () => two.note([noteOf(groupId, 7n)])],
      ]
      for (const [name, call] of calls) await expectRejection((async () => call())(), name)
      expectSame(await one.note([noteOf(groupId, 7n)]), ['new'], 'the other instance')
    },
  },
]
