import { beforeEach, describe, expect, test } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { randomBytes, randomGroup } from '../../testing/random-group.js'
import { GroupEpoch, type GroupEpochRecord, type KeptEpoch } from '../index.js'
import { MemoryStore } from './memory-store.js'

const record = (await GroupEpoch.create((await randomGroup()).as(0))).export()
const recordOf = (epoch: bigint): GroupEpochRecord => ({ ...record, epoch })
const kept = (...epochs: bigint[]): KeptEpoch[] =>
  epochs.map((epoch, i) => ({ epoch, endedAt: i === 0 ? undefined : 100 - i }))

const groupId = Uint8Array.of(1, 2, 3)
const digest = randomBytes(32)

describe('MemoryStore', () => {
  let store: MemoryStore
  beforeEach(async () => {
    store = new MemoryStore()
    await store.change(groupId, () => ({ epochs: kept(7n), record: recordOf(7n) }))
    await store.change(groupId, () => ({ epochs: kept(8n, 7n), record: recordOf(8n) }))
  })

  test('gives back what was stored', async () => {
    expect(await store.epochs(groupId)).toEqual(kept(8n, 7n))
    expect(await store.record(groupId, 7n)).toEqual(recordOf(7n))
    expect(await store.record(groupId, 8n)).toEqual(recordOf(8n))
    expect(await store.groups()).toMatchObject([{ groupId, epochs: kept(8n, 7n) }])
  })

  test('knows nothing of others', async () => {
    for (const other of [new Uint8Array(), Uint8Array.of(1, 2), Uint8Array.of(12, 3), new Uint8Array(3)]) {
      expect(await store.epochs(other)).toEqual([])
      expect(await store.record(other, 7n)).toBeUndefined()
      expect(await store.mark(other, 7n, digest)).toBe('gone')
    }
    expect(await store.record(groupId, 9n)).toBeUndefined()
    expect(await store.mark(groupId, 9n, digest)).toBe('gone')
  })

  test('shows the kept epochs before a change', async () => {
    let seen: readonly KeptEpoch[] = []
    await store.change(groupId, (epochs) => {
      seen = epochs
      return { epochs }
    })
    expect(seen).toEqual(kept(8n, 7n))
    expect(await store.record(groupId, 7n)).toEqual(recordOf(7n))
  })

  test('what decide throws leaves everything as it was', async () => {
    const change = store.change(groupId, () => {
      throw new Error('no')
    })
    await expect(change).rejects.toThrow('no')
    expect(await store.epochs(groupId)).toEqual(kept(8n, 7n))
    expect(await store.record(groupId, 8n)).toEqual(recordOf(8n))
  })

  test('an epoch that is not kept goes with its record and marks', async () => {
    expect(await store.mark(groupId, 7n, digest)).toBe('new')
    await store.change(groupId, () => ({ epochs: kept(8n) }))
    expect(await store.record(groupId, 7n)).toBeUndefined()
    expect(await store.mark(groupId, 7n, digest)).toBe('gone')
    await store.change(groupId, () => ({ epochs: kept(8n, 7n), record: recordOf(7n) }))
    expect(await store.mark(groupId, 7n, digest)).toBe('new')
  })

  test('an epoch that is stored again keeps its marks', async () => {
    await store.mark(groupId, 8n, digest)
    const again = { ...recordOf(8n), maxMessageLength: 5 }
    await store.change(groupId, (epochs) => ({ epochs, record: again }))
    expect(await store.record(groupId, 8n)).toEqual(again)
    expect(await store.mark(groupId, 8n, digest)).toBe('seen')
  })

  test('a group without epochs is gone', async () => {
    await store.change(groupId, () => ({ epochs: [] }))
    expect(await store.groups()).toEqual([])
    expect(await store.epochs(groupId)).toEqual([])
  })

  test('marks are per group and epoch', async () => {
    const other = Uint8Array.of(1, 2, 4)
    await store.change(other, () => ({ epochs: kept(7n), record: recordOf(7n) }))
    const mark = () =>
      Promise.all([
        store.mark(groupId, 7n, digest),
        store.mark(groupId, 8n, digest),
        store.mark(other, 7n, digest),
      ])
    expect(await mark()).toEqual(['new', 'new', 'new'])
    expect(await mark()).toEqual(['seen', 'seen', 'seen'])
  })

  test('of ten marks at once, one is new', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => store.mark(groupId, 8n, digest.slice())),
    )
    expect(outcomes.filter((outcome) => outcome === 'new')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'seen')).toHaveLength(9)
  })

  test('a group id that is changed later changes nothing', async () => {
    const id = Uint8Array.of(9)
    await store.change(id, () => ({ epochs: kept(7n), record: recordOf(7n) }))
    id.fill(0)
    expect((await store.groups()).map((group) => group.groupId)).toContainEqual(Uint8Array.of(9))
  })

  test('closed, everything is `storage`', async () => {
    store.close()
    store.close()
    await expectCode(store.epochs(groupId), 'storage')
    await expectCode(store.record(groupId, 8n), 'storage')
    await expectCode(
      store.change(groupId, () => ({ epochs: [] })),
      'storage',
    )
    await expectCode(store.mark(groupId, 8n, digest), 'storage')
    await expectCode(store.groups(), 'storage')
  })
})
