import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'

describe('maxAge', () => {
  let group: MovingGroup
  let store: MemoryStore
  let early: Uint8Array
  beforeEach(async () => {
    group = movingGroup()
    store = new MemoryStore()
    early = await (await group.at(0n)).message()
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const start = async (maxAge: number) => {
    const inbox = await Inbox.open({ store, pastEpochs: 16, maxAge })
    await inbox.enter((await group.at(0n)).bob)
    // The age of an epoch counts from its end.
    vi.setSystemTime(2_000_000)
    await inbox.enter((await group.at(1n)).bob)
    return inbox
  }
  const known = async () => (await store.read(group.groupId)).group?.epochs.map(({ epoch }) => epoch)

  test('to the millisecond, when a message comes', async () => {
    const inbox = await start(5000)
    const another = await (await group.at(0n)).message()
    vi.setSystemTime(2_005_000)
    await inbox.receive(early)
    vi.setSystemTime(2_005_001)
    await expectCode(inbox.receive(another), 'epoch-expired')
    expect(await known()).toEqual([1n])
    expect((await store.read(group.groupId, 0n)).record).toBeUndefined()
  })

  test('a message of another epoch ends it as well', async () => {
    const inbox = await start(5000)
    vi.setSystemTime(2_005_001)
    const received = await inbox.receive(await (await group.at(1n)).message())
    expect(await known()).toEqual([1n])
    // What the caller gets is not what the store has.
    received.groupId.fill(0)
    for await (const { groupId } of inbox) expect(groupId).toEqual(group.groupId)
    await inbox.receive(await (await group.at(1n)).message())
  })

  test('a message of an epoch that is not kept ends it as well', async () => {
    for (const other of [2n, 9n]) {
      const inbox = await start(5000)
      vi.setSystemTime(2_005_001)
      await expectCode(inbox.receive(await (await group.at(other)).message()), 'epoch-ahead')
      expect(await known()).toEqual([1n])
      await inbox.leave(group.groupId)
    }
  })

  test('by prune, by enter and by open', async () => {
    const inbox = await start(5000)
    await inbox.prune()
    expect(await known()).toEqual([1n, 0n])
    vi.setSystemTime(2_005_001)
    await inbox.prune()
    expect(await known()).toEqual([1n])
    await inbox.enter((await group.at(2n)).bob)
    vi.setSystemTime(2_010_002)
    await inbox.enter((await group.at(3n)).bob)
    expect(await known()).toEqual([3n, 2n])
    vi.setSystemTime(2_015_003)
    await Inbox.open({ store })
    expect(await known()).toEqual([3n])
  })

  test('the current epoch has no age', async () => {
    const inbox = await start(0)
    vi.setSystemTime(1e13)
    await inbox.receive(await (await group.at(1n)).message())
    expect(await known()).toEqual([1n])
  })

  test('an end that a clock noted that ran ahead is the time at which that is seen', async () => {
    const inbox = await start(5000)
    const [second, third] = [await (await group.at(0n)).message(), await (await group.at(0n)).message()]
    vi.setSystemTime(1_500_000)
    await inbox.receive(early)
    expect(await known()).toEqual([1n, 0n])
    vi.setSystemTime(1_505_000)
    await inbox.receive(second)
    vi.setSystemTime(1_505_001)
    await expectCode(inbox.receive(third), 'epoch-expired')
    expect(await known()).toEqual([1n])
  })

  test('a shorter one deletes at once, for all who have the store open', async () => {
    const inbox = await start(5000)
    await inbox.receive(early)
    vi.setSystemTime(2_003_000)
    await Inbox.open({ store, maxAge: 2000 })
    expect(await known()).toEqual([1n])
    await expectCode(inbox.receive(await (await group.at(0n)).message()), 'epoch-expired')
  })

  test('a shorter one that another inbox named holds for an epoch that was loaded before', async () => {
    const inbox = await start(5000)
    await inbox.receive(early)
    await Inbox.open({ store, maxAge: 2000 })
    vi.setSystemTime(2_002_001)
    await expectCode(inbox.receive(await (await group.at(0n)).message()), 'epoch-expired')
  })
})
