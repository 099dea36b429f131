import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'

describe('a backlog without keep that is stopped after its first message', () => {
  let group: MovingGroup
  let store: MemoryStore
  let inbox: Inbox
  let messages: Uint8Array[]
  beforeEach(async () => {
    group = movingGroup({ cipherSuite: 2 })
    store = new MemoryStore()
    inbox = await Inbox.open({ store, pastEpochs: 2 })
    await inbox.enter((await group.at(7n)).bob)
    const { message } = await group.at(7n)
    messages = await Promise.all(Array.from({ length: 5 }, () => message()))
  })

  /** Stops when all messages are marked. */
  async function stopAfterFirst(before: () => Promise<unknown>): Promise<void> {
    const note = vi.spyOn(store, 'note')
    for await (const { received } of inbox.receiveEach(messages)) {
      expect(received).toHaveProperty('epoch', 7n)
      await vi.waitFor(() => expect(note.mock.calls.flatMap(([notes]) => notes)).toHaveLength(5))
      note.mockRestore()
      await before()
      break
    }
  }

  const expectOthersAreReceived = async () => {
    const [first = new Uint8Array(), ...others] = messages
    await expectCode(inbox.receive(first), 'replay')
    for (const message of others) expect(await inbox.receive(message)).toHaveProperty('epoch', 7n)
  }

  test('can receive the others later', async () => {
    await stopAfterFirst(async () => {})
    await expectOthersAreReceived()
  })

  test('can receive the others later even if the next epoch was entered meanwhile, here or in another tab', async () => {
    const other = await Inbox.open({ store: store.another() })
    await stopAfterFirst(async () => {
      await inbox.enter((await group.at(8n)).bob)
      await other.enter((await group.at(9n)).bob)
    })
    await expectOthersAreReceived()
  })

  test('ends without an error if their epoch is not kept any more', async () => {
    await stopAfterFirst(() => inbox.leave(group.groupId))
    await expectCode(inbox.receive(messages[1] ?? new Uint8Array()), 'unknown-group')
  })

  test('ends without an error if the store fails', async () => {
    await stopAfterFirst(async () => vi.spyOn(store, 'note').mockRejectedValueOnce(new Error('full')))
    await expectCode(inbox.receive(messages[0] ?? new Uint8Array()), 'replay')
  })
})
