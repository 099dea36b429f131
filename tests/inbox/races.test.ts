import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox, type InboxStore } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingEpoch, type MovingGroup, movingGroup } from '../support/moving-group.js'
import { revisions } from '../support/suites.js'
import { unhandledRejections } from '../support/unhandled-rejections.js'

describe.each(revisions)('receive at once, revision %s', (revision) => {
  let group: MovingGroup
  let epoch: MovingEpoch
  let store: InboxStore
  beforeEach(async () => {
    group = movingGroup({ revision, cipherSuite: 2 })
    epoch = await group.at(7n)
    store = new MemoryStore()
  })

  const counts = async (receiving: Promise<unknown>[]) => {
    const results = await Promise.allSettled(receiving)
    const codes = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    return { received: results.length - codes.length, codes: [...new Set(codes)] }
  }

  test('ten calls with one message: one succeeds, nine are replays', async () => {
    const inbox = await Inbox.open({ store })
    await inbox.enter(epoch.bob)
    const message = await epoch.message()
    const calls = Array.from({ length: 10 }, () => inbox.receive(message))
    expect(await counts(calls)).toEqual({ received: 1, codes: ['replay'] })
    await expectCode(inbox.receive(message), 'replay')
  })

  test('ten inboxes with one store: one succeeds, nine are replays', async () => {
    const inboxes = await Promise.all(Array.from({ length: 10 }, () => Inbox.open({ store })))
    await Promise.all(inboxes.map((inbox) => inbox.enter(epoch.bob)))
    const message = await epoch.message()
    const calls = inboxes.map((inbox) => inbox.receive(message))
    expect(await counts(calls)).toEqual({ received: 1, codes: ['replay'] })
  })

  test('ten messages twice: each is received once', async () => {
    const inbox = await Inbox.open({ store })
    await inbox.enter(epoch.bob)
    const messages = await Promise.all(Array.from({ length: 10 }, () => epoch.message()))
    const calls = [...messages, ...messages].map((message) => inbox.receive(message))
    expect(await counts(calls)).toEqual({ received: 10, codes: ['replay'] })
  })

  test('epochs that are entered meanwhile', async () => {
    const inbox = await Inbox.open({ store, pastEpochs: 1 })
    await inbox.enter(epoch.bob)
    const next = await group.at(8n)
    const [old, early] = [await epoch.message(), await next.message()]
    const [first, , second] = await Promise.allSettled([
      inbox.receive(old),
      inbox.enter(next.bob),
      inbox.receive(early),
    ])
    expect(first.status).toBe('fulfilled')
    if (second.status === 'rejected') await expectCode(Promise.reject(second.reason), 'epoch-ahead')
    await expectCode(inbox.receive(old), 'replay')
    const again = inbox.receive(early)
    if (second.status === 'rejected') await again
    else await expectCode(again, 'replay')
  })
})

describe('an epoch that ends in another tab', () => {
  let group: MovingGroup
  let store: InboxStore
  let inbox: Inbox
  let other: Inbox
  let old: MovingEpoch
  beforeEach(async () => {
    group = movingGroup()
    store = new MemoryStore()
    inbox = await Inbox.open({ store })
    other = await Inbox.open({ store })
    old = await group.at(7n)
    await inbox.enter(old.bob)
  })

  test('its keys are not used any more, though they are loaded', async () => {
    await inbox.receive(await old.message())
    await other.enter((await group.at(8n)).bob)
    await expectCode(inbox.receive(await old.message()), 'epoch-expired')
    expect(await inbox.current(group.groupId)).toHaveProperty('epoch', 8n)
    await inbox.receive(await (await group.at(8n)).message())
  })

  test('it ends while a message is opened: not released', async () => {
    const note = store.note.bind(store)
    const next = await group.at(8n)
    vi.spyOn(store, 'note').mockImplementationOnce(async (...args) => {
      await other.enter(next.bob)
      return note(...args)
    })
    const { message } = await expectCode(inbox.receive(await old.message()), 'epoch-expired')
    expect(message).toBe('the keys of epoch 7 are deleted; the group is in epoch 8')
  })

  test('it ends before its keys are loaded', async () => {
    const fresh = await Inbox.open({ store })
    const next = await group.at(8n)
    const read = store.read.bind(store)
    vi.spyOn(store, 'read').mockImplementationOnce(async (...args) => {
      const before = await read(...args)
      await other.enter(next.bob)
      return before
    })
    await expectCode(fresh.receive(await old.message()), 'epoch-expired')
  })

  test('its group is left', async () => {
    await inbox.receive(await old.message())
    await other.leave(group.groupId)
    await expectCode(inbox.receive(await old.message()), 'unknown-group')
    expect(await inbox.current(group.groupId)).toBeUndefined()
  })
})

test('nothing that is refused is left unhandled', async () => {
  const epoch = await movingGroup().at(7n)
  const reasons = await unhandledRejections(async () => {
    const inbox = await Inbox.open()
    await inbox.enter(epoch.bob)
    const message = await epoch.message()
    await Promise.allSettled([message, message, message.slice(1)].map((one) => inbox.receive(one)))
    inbox.close()
    await Promise.allSettled([inbox.receive(message), inbox.enter(epoch.bob), inbox.prune()])
  })
  expect(reasons).toEqual([])
})
