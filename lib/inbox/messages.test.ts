import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { call } from '../../testing/inboxes.js'
import { type MovingGroup, movingGroup } from '../../testing/moving-group.js'
import { newStorageKey } from '../../testing/records.js'
import { GroupEpoch, Inbox, type StoredEpoch } from '../index.js'
import { MemoryStore } from './memory-store.js'

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

describe('the sentence of each refusal', () => {
  test('of a message', async () => {
    const sentence = async (message: unknown) => {
      const error = await call(inbox.receive, inbox, message).catch((reason: unknown) => reason)
      return error instanceof Error ? error.message : error
    }
    expect(await sentence('text')).toBe('message must be a Uint8Array')
    const message = await messageOf(7n)
    expect(await sentence(message)).toBe('the message is for a group that was not entered')
    await enter(7n)
    await inbox.receive(message)
    expect(await sentence(message)).toBe('the message was received before')
    expect(await sentence(await messageOf(8n))).toBe(
      'the message is for epoch 8, and the group is in epoch 7',
    )
    await enter(8n)
    expect(await sentence(message)).toBe('the keys of epoch 7 are gone; the group is in epoch 8')
  })

  test.each([
    [null, 'an option is missing or of the wrong type'],
    [{ pastEpochs: 17 }, 'pastEpochs must be an integer from 0 to 16, not 17'],
    [{ maxAge: -1 }, 'maxAge must be a number of milliseconds, not -1'],
  ])('of an option: %j', async (options, sentence) => {
    const { message } = await expectCode(call(Inbox.open, Inbox, options), 'invalid-input')
    expect(message).toBe(sentence)
  })

  test('of a call', async () => {
    const sentences = async (...calls: [action: Promise<unknown>, sentence: string][]) => {
      for (const [action, sentence] of calls) {
        expect((await expectCode(action, 'invalid-input')).message).toBe(sentence)
      }
    }
    const { bob } = await group.at(7n)
    const guarded = await Inbox.open({ storageKey: await newStorageKey() })
    await sentences(
      [call(inbox.enter, inbox, {}), 'enter takes a GroupEpoch'],
      [guarded.enter(bob), 'the epoch and the inbox must have the same storageKey, or both none'],
      [call(inbox.leave, inbox, 7), 'groupId must be a Uint8Array'],
      [call(inbox.current, inbox, 7), 'groupId must be a Uint8Array'],
    )
  })

  test('of a store', async () => {
    vi.spyOn(store, 'read').mockRejectedValueOnce(new Error('full'))
    const { message } = await expectCode(inbox.current(group.groupId), 'storage')
    expect(message).toBe('the store refused')
    inbox.close()
    expect((await expectCode(inbox.current(group.groupId), 'storage')).message).toBe('the inbox is closed')
  })

  test('of a database where there is no IndexedDB', async () => {
    const { message } = await expectCode(Inbox.open({ database: 'messages' }), 'storage')
    expect(message).toBe('there is no IndexedDB here: open the inbox with a store of your own instead')
  })
})

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

describe('asks no more of its store than it needs', () => {
  test('no change for a message, and no reading once its epoch is loaded', async () => {
    await enter(7n)
    const [change, read] = [vi.spyOn(store, 'change'), vi.spyOn(store, 'read')]
    for (let i = 0; i < 3; i++) await inbox.receive(await messageOf(7n))
    expect(change).not.toHaveBeenCalled()
    expect(read).not.toHaveBeenCalled()
  })

  test('a group that is entered or left is no reason to load another again', async () => {
    await enter(7n)
    const others = movingGroup()
    await inbox.enter((await others.at(1n)).bob)
    await inbox.leave(others.groupId)
    const read = vi.spyOn(store, 'read')
    await inbox.receive(await messageOf(7n))
    expect(read).not.toHaveBeenCalled()
  })

  test('a group without epochs, which a store may have, is none that was entered', async () => {
    vi.spyOn(store, 'groups').mockResolvedValue([{ groupId: group.groupId, leafIndex: 1, epochs: [] }])
    for await (const entered of inbox) expect.fail(`${entered.epoch}`)
  })
})
