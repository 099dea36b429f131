import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { GroupEpoch, Inbox, type StoredEpoch } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'

let group: MovingGroup
let store: MemoryStore
let inbox: Inbox
beforeEach(async () => {
  group = movingGroup()
  store = new MemoryStore()
  inbox = await Inbox.open({ store })
})

const enter = async (epoch: bigint) => inbox.enter((await group.at(epoch)).bob)
const messageOf = async (epoch: bigint) => (await group.at(epoch)).message()

describe('the current epoch', () => {
  const stored = (change: (stored: StoredEpoch) => Partial<StoredEpoch>) => {
    const read = store.read.bind(store)
    return vi.spyOn(store, 'read').mockImplementation(async (...args) => {
      const was = await read(...args)
      return { ...was, ...change(was) }
    })
  }

  test('that has no record is a storage error, for a message as well', async () => {
    await enter(7n)
    stored(() => ({ record: undefined }))
    const sentence = 'the stored epoch 7 cannot be read: its keys are missing'
    expect((await expectCode(inbox.current(group.groupId), 'storage')).message).toBe(sentence)
    const other = await Inbox.open({ store })
    const message = await messageOf(7n)
    expect((await expectCode(other.receive(message), 'storage')).message).toBe(sentence)
  })

  test('another group with its record in its place is a storage error', async () => {
    await enter(7n)
    const other = movingGroup()
    await inbox.enter((await other.at(7n)).bob)
    const exchanged = await store.read(other.groupId, 7n)
    const read = stored(() => exchanged)
    const fresh = await Inbox.open({ store })
    const sealed = await messageOf(7n)
    for (const call of [() => inbox.current(group.groupId), () => fresh.receive(sealed)]) {
      expect((await expectCode(call, 'storage')).message).toBe('the stored group is another one')
    }
    read.mockRestore()
  })

  test('the record of another group, epoch or leaf in its place is a storage error', async () => {
    await enter(7n)
    const { as } = await group.at(7n)
    const others: GroupEpoch[] = [
      (await movingGroup().at(7n)).bob,
      (await group.at(6n)).bob,
      await GroupEpoch.create(as(0)),
    ]
    for (const other of others) {
      const read = stored(() => ({ record: other.export() }))
      const fresh = await Inbox.open({ store })
      const sealed = await messageOf(7n)
      for (const call of [() => inbox.current(group.groupId), () => fresh.receive(sealed)]) {
        const { message } = await expectCode(call, 'storage')
        expect(message).toBe(
          'the stored epoch 7 cannot be read: the record is of another group, epoch or leaf',
        )
      }
      read.mockRestore()
    }
    expect(await inbox.current(group.groupId)).toHaveProperty('epoch', 7n)
  })
})
