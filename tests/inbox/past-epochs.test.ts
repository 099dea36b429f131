import { beforeEach, describe, expect, test } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'

describe('past epochs', () => {
  let group: MovingGroup
  let store: MemoryStore
  beforeEach(() => {
    group = movingGroup()
    store = new MemoryStore()
  })

  /** Messages of the first `count` epochs, and an inbox that was in all of them. */
  async function through(count: number, pastEpochs: number) {
    const inbox = await Inbox.open({ store, pastEpochs })
    const messages: Uint8Array[] = []
    for (let i = 0n; i < count; i++) {
      const { bob, message } = await group.at(i)
      messages.push(await message(`of ${i}`))
      await inbox.enter(bob)
    }
    return { inbox, messages }
  }

  test.each([0, 1, 16])('%i are kept, and not one more', async (pastEpochs) => {
    const { inbox, messages } = await through(18, pastEpochs)
    for (const [i, message] of messages.entries()) {
      const known = 17 - i <= pastEpochs
      expect((await store.read(group.groupId, BigInt(i))).record !== undefined, `record ${i}`).toBe(known)
      if (known) expect(await inbox.receive(message)).toHaveProperty('epoch', BigInt(i))
      else await expectCode(inbox.receive(message), 'epoch-expired')
    }
    for (const message of messages.slice(17 - pastEpochs)) await expectCode(inbox.receive(message), 'replay')
  })

  test('the window is a distance: epochs that were never entered count', async () => {
    const inbox = await Inbox.open({ store, pastEpochs: 2 })
    const messages = new Map<bigint, Uint8Array>()
    for (const epoch of [7n, 8n, 10n]) {
      const { bob, message } = await group.at(epoch)
      messages.set(epoch, await message())
      await inbox.enter(bob)
    }
    expect((await store.read(group.groupId, 7n)).record).toBeUndefined()
    await expectCode(inbox.receive(messages.get(7n) ?? new Uint8Array()), 'epoch-expired')
    await expectCode(inbox.receive(await (await group.at(9n)).message()), 'epoch-expired')
    for (const epoch of [8n, 10n]) {
      expect(await inbox.receive(messages.get(epoch) ?? new Uint8Array())).toHaveProperty('epoch', epoch)
    }
  })

  const known = async () => (await store.read(group.groupId)).group?.epochs.map(({ epoch }) => epoch)

  test('who opens it without a window changes nothing, whatever it does then', async () => {
    const { inbox, messages } = await through(4, 3)
    const other = await Inbox.open({ store })
    for (const message of messages.slice(0, 2)) await other.receive(message)
    await other.prune()
    const { bob } = await group.at(4n)
    await other.enter(bob)
    expect(await known()).toEqual([4n, 3n, 2n, 1n])
    for (const message of messages.slice(2)) await inbox.receive(message)
  })

  test('a smaller window is for all, and deletes when the next epoch is entered', async () => {
    const { inbox, messages } = await through(4, 3)
    await Inbox.open({ store, pastEpochs: 1 })
    expect(await known()).toEqual([3n, 2n, 1n, 0n])
    await inbox.receive(messages[0] ?? new Uint8Array())
    await inbox.enter((await group.at(4n)).bob)
    expect(await known()).toEqual([4n, 3n])
    for (const message of messages.slice(1, 3)) await expectCode(inbox.receive(message), 'epoch-expired')
    await inbox.receive(messages[3] ?? new Uint8Array())
  })

  test('a larger window is for all; what has gone does not come back', async () => {
    const { inbox } = await through(3, 0)
    await Inbox.open({ store, pastEpochs: 2 })
    for (const epoch of [3n, 4n, 5n]) await inbox.enter((await group.at(epoch)).bob)
    expect(await known()).toEqual([5n, 4n, 3n])
  })

  test('more epochs and groups than are held ready: all work, none twice', async () => {
    const groups = Array.from({ length: 20 }, () => movingGroup({ leafIndices: [0, 1] }))
    const inbox = await Inbox.open({ store, pastEpochs: 1 })
    const messages: Uint8Array[] = []
    for (const one of groups) {
      for (const epoch of [0n, 1n]) {
        const { bob, message } = await one.at(epoch)
        await inbox.enter(bob)
        messages.push(await message())
      }
    }
    for (const message of messages) await inbox.receive(message)
    for (const message of messages) await expectCode(inbox.receive(message), 'replay')
  })
})
