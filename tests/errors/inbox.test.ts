import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { call } from '../support/inboxes.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'
import { newStorageKey } from '../support/records.js'

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
    expect(await sentence(message)).toBe('the keys of epoch 7 are deleted; the group is in epoch 8')
  })

  test.each([
    [null, 'an option is missing or has the wrong type'],
    [{ pastEpochs: 17 }, 'pastEpochs must be an integer from 0 to 16, not 17'],
    [{ maxAge: -1 }, 'maxAge must be a number of milliseconds, not -1'],
    [{ durability: 'default' }, "durability must be 'relaxed' or 'strict', not default"],
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
      [guarded.enter(bob), 'the epoch and the inbox must have the same storageKey, or neither may have one'],
      [call(inbox.leave, inbox, 7), 'groupId must be a Uint8Array'],
      [call(inbox.current, inbox, 7), 'groupId must be a Uint8Array'],
    )
  })

  test('of a store that does not note, after four attempts where the epoch is gone', async () => {
    await enter(7n)
    const sentence = 'the store could not note that the message was received'
    for (const [outcome, attempts] of [
      ['gone', 4],
      // Once more under the lock of whoever claimed it.
      ['claimed', 2],
    ] as const) {
      const note = vi.spyOn(store, 'note').mockImplementation(async (notes) => notes.map(() => outcome))
      const { message } = await expectCode(inbox.receive(await messageOf(7n)), 'storage')
      expect([message, note.mock.calls.length]).toEqual([sentence, attempts])
      note.mockRestore()
    }
  })

  test('of a keep that is not a function', async () => {
    await enter(7n)
    const receiving = call(inbox.receive, inbox, await messageOf(7n), { keep: 'x' })
    expect((await expectCode(receiving, 'invalid-input')).message).toBe('keep must be a function')
  })

  test('of a store', async () => {
    vi.spyOn(store, 'read').mockRejectedValueOnce(new Error('full'))
    const { message } = await expectCode(inbox.current(group.groupId), 'storage')
    expect(message).toBe("the store's read failed")
    inbox.close()
    expect((await expectCode(inbox.current(group.groupId), 'storage')).message).toBe('the inbox is closed')
  })

  test('of a store that cannot change, and of numbers that are none', async () => {
    vi.spyOn(store, 'change').mockRejectedValueOnce(new Error('full'))
    const { message } = await expectCode(inbox.leave(group.groupId), 'storage')
    expect(message).toBe("the store's change failed")
    const opening = Inbox.open({ maxMessageLength: 0 })
    expect((await expectCode(opening, 'invalid-input')).message).toMatch(/^maxMessageLength must be /)
    const receiving = inbox.receiveEach([], { concurrency: 0 }).next()
    expect((await expectCode(receiving, 'invalid-input')).message).toMatch(/^concurrency must be /)
  })

  test('of a store that resolves to nothing', async () => {
    await enter(7n)
    const message = await messageOf(7n)
    const calls = {
      read: () => inbox.current(group.groupId),
      groups: () => inbox.prune(),
      window: () => Inbox.open({ store }),
      note: () => inbox.receive(message),
    }
    for (const method of ['read', 'groups', 'window', 'note'] as const) {
      for (const nothing of [undefined, null]) {
        Reflect.set(store, method, async () => nothing)
        const error = await expectCode(calls[method](), 'storage')
        expect(error.message).toBe(`the store's ${method} failed`)
        expect(error.cause).toMatchObject({ message: 'it resolved to nothing' })
      }
      Reflect.deleteProperty(store, method)
    }
  })

  test('of a database where there is no IndexedDB', async () => {
    // A page has one, and so may a worker that ran other tests.
    vi.stubGlobal('indexedDB', undefined)
    const { message } = await expectCode(Inbox.open({ database: 'messages' }), 'storage')
    vi.unstubAllGlobals()
    expect(message).toBe('there is no IndexedDB here: open the inbox with a store of your own instead')
  })
})
