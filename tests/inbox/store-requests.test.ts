import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'
import { spyOnSlowNote } from '../support/slow-note.js'

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

describe('asks no more of its store than it needs', () => {
  test('no change for a message, and no reading once its epoch is loaded', async () => {
    await enter(7n)
    const [change, read] = [vi.spyOn(store, 'change'), vi.spyOn(store, 'read')]
    for (let i = 0; i < 3; i++) await inbox.receive(await messageOf(7n))
    expect(change).not.toHaveBeenCalled()
    expect(read).not.toHaveBeenCalled()
  })

  test('one transaction for the messages that come while another is under way', async () => {
    await enter(7n)
    const messages = await Promise.all(Array.from({ length: 64 }, () => messageOf(7n)))
    const note = spyOnSlowNote(store)
    await Promise.all(messages.map((message) => inbox.receive(message)))
    expect(note.mock.calls.flatMap(([notes]) => notes)).toHaveLength(64)
    expect(note.mock.calls.length).toBeLessThan(32)
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

  test('nothing is changed by prune if no epoch is past its age', async () => {
    await enter(7n)
    const change = vi.spyOn(store, 'change')
    await inbox.prune()
    expect(change).not.toHaveBeenCalled()
  })

  test('a group without epochs, which a store may have, is none that was entered', async () => {
    vi.spyOn(store, 'groups').mockResolvedValue([{ groupId: group.groupId, leafIndex: 1, epochs: [] }])
    for await (const entered of inbox) expect.fail(`${entered.epoch}`)
  })
})
