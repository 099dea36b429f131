import { GroupEpoch } from '../../epoch/group-epoch.js'
import { DEFAULT_WINDOW, type KeptGroup } from '../store.js'
import { expectRejection, expectSame, publicPart } from './expect.js'
import type { StoreCheck } from './inbox-store.js'
import { contractStorageKey, entering, groupOf, makeRecord, noteOf } from './records.js'

const groupId = Uint8Array.of(1, 2, 3)

/** Windows, groups and records. */
export const changes: readonly StoreCheck[] = [
  {
    name: 'is empty at first, with the default window',
    async check(open) {
      const store = await open()
      expectSame(await store.groups(), [], 'groups')
      expectSame(await store.window({}), DEFAULT_WINDOW, 'window')
      expectSame(
        await store.read(groupId),
        { group: undefined, record: undefined, window: DEFAULT_WINDOW },
        'read',
      )
      await store.change(groupId, () => ({ group: undefined }))
      expectSame(await store.groups(), [], 'groups')
    },
  },
  {
    name: 'stores what is named of the window, and leaves the rest',
    async check(open) {
      const store = await open()
      await store.window({ pastEpochs: 3 })
      expectSame(await store.window({ maxAge: 1000 }), { pastEpochs: 3, maxAge: 1000 }, 'window')
      await store.window({ maxAge: Number.POSITIVE_INFINITY })
      expectSame(await store.window({}), { pastEpochs: 3, maxAge: Number.POSITIVE_INFINITY }, 'window')
      await store.change(groupId, (_, window) => {
        expectSame(window.pastEpochs, 3, 'the window that decide sees')
        return { group: undefined }
      })
      expectSame((await store.read(groupId)).window.pastEpochs, 3, 'the window that read gives')
    },
  },
  {
    name: 'gives back what was stored, the current epoch or the one that is named',
    async check(open) {
      const store = await open()
      const [seven, eight] = [await makeRecord(groupId, 7n), await makeRecord(groupId, 8n)]
      await store.change(groupId, entering(seven, groupOf(groupId, [7n])))
      const group = groupOf(groupId, [8n, 7n])
      await store.change(groupId, entering(eight, group))
      for (const [epoch, record] of [
        [undefined, eight],
        [8n, eight],
        [7n, seven],
        [9n, undefined],
      ] as const) {
        const read = await store.read(groupId, epoch)
        expectSame(read.group, group, `the group with epoch ${epoch}`)
        expectSame(publicPart(read.record), publicPart(record), `the record of epoch ${epoch}`)
        if (read.record) await GroupEpoch.from(read.record, { storageKey: await contractStorageKey() })
      }
      expectSame(await store.groups(), [group], 'groups')
    },
  },
  {
    name: 'keeps groups apart, also those whose ids begin alike',
    async check(open) {
      const store = await open()
      const ids = [
        new Uint8Array(),
        Uint8Array.of(1),
        groupId,
        Uint8Array.of(1, 2, 3, 0),
        Uint8Array.of(12, 3),
      ]
      for (const [i, id] of ids.entries()) {
        await store.change(id, entering(await makeRecord(id, BigInt(i)), groupOf(id, [BigInt(i)])))
      }
      for (const [i, id] of ids.entries()) {
        const { group, record } = await store.read(id)
        expectSame([group?.groupId, record?.epoch], [id, BigInt(i)], 'read')
      }
      await store.change(groupId, () => ({ group: undefined }))
      expectSame((await store.groups()).length, ids.length - 1, 'groups after one has gone')
      expectSame(await store.read(groupId), { window: DEFAULT_WINDOW }, 'read of a group that has gone')
    },
  },
  {
    name: 'shows decide what is stored; what decide throws comes out, and leaves all as it was',
    async check(open) {
      const store = await open()
      const group = groupOf(groupId, [7n])
      await store.change(groupId, entering(await makeRecord(groupId, 7n), group))
      let seen: KeptGroup | undefined
      const failure = new Error('no')
      const rejected = await expectRejection(
        store.change(groupId, (now) => {
          seen = now
          throw failure
        }),
        'change',
      )
      expectSame(rejected === failure, true, 'the same error')
      expectSame(seen, group, 'the group that decide sees')
      expectSame((await store.read(groupId)).group, group, 'the group afterwards')
    },
  },
  {
    name: 'a change whose record cannot be stored changes nothing',
    async check(open) {
      const store = await open()
      const before = groupOf(groupId, [7n])
      await store.change(groupId, entering(await makeRecord(groupId, 7n), before))
      const note = noteOf(groupId, 7n)
      await store.note([note])
      // A function can neither be cloned nor serialized. A store that keeps the object itself, or only what it knows of it,
      // may store the record: then all of the change is to be there.
      const record = { ...(await makeRecord(groupId, 8n)), unstorable: () => {} }
      const after = groupOf(groupId, [8n])
      const [result] = await Promise.allSettled([store.change(groupId, entering(record, after))])
      const isStored = result.status === 'fulfilled'
      const read = await store.read(groupId)
      expectSame(read.group, isStored ? after : before, 'the group')
      expectSame(read.record?.epoch, isStored ? 8n : 7n, 'the epoch of the record')
      expectSame(await store.note([note]), [isStored ? 'gone' : 'seen'], 'the note of a message in epoch 7')
    },
  },
  {
    name: 'deletes the record of an epoch that is not kept any more',
    async check(open) {
      const store = await open()
      await store.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
      await store.change(groupId, entering(await makeRecord(groupId, 8n), groupOf(groupId, [8n])))
      expectSame((await store.read(groupId, 7n)).record, undefined, 'the record')
    },
  },
  {
    name: 'holds no more memory than what was given',
    async check(open) {
      const store = await open()
      const view = new Uint8Array(1000).subarray(10, 26)
      const id = view.slice()
      await store.change(view, entering(await makeRecord(id, 7n), groupOf(id, [7n])))
      const { group } = await store.read(id)
      expectSame(group?.groupId.buffer.byteLength, 16, 'the bytes behind the group id')
      const [known] = await store.groups()
      expectSame(known?.groupId.buffer.byteLength, 16, 'the bytes behind the group id')
    },
  },
]
