import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { type MovingGroup, movingGroup } from '../../testing/moving-group.js'
import { Inbox } from '../index.js'
import { MemoryStore } from './memory-store.js'

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
  const known = async () => (await store.epochs(group.groupId)).map(({ epoch }) => epoch)

  test('to the millisecond, when a message comes', async () => {
    const inbox = await start(5000)
    const another = await (await group.at(0n)).message()
    vi.setSystemTime(2_005_000)
    await inbox.receive(early)
    vi.setSystemTime(2_005_001)
    await expectCode(inbox.receive(another), 'epoch-expired')
    expect(await known()).toEqual([1n])
    expect(await store.record(group.groupId, 0n)).toBeUndefined()
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
    await Inbox.open({ store, pastEpochs: 16, maxAge: 5000 })
    expect(await known()).toEqual([3n])
  })

  test('the current epoch has no age', async () => {
    const inbox = await start(0)
    vi.setSystemTime(1e13)
    await inbox.receive(await (await group.at(1n)).message())
    expect(await known()).toEqual([1n])
  })

  test('an epoch that ended before the clock went back stays until its time', async () => {
    const inbox = await start(5000)
    vi.setSystemTime(1_500_000)
    await inbox.receive(early)
    expect(await known()).toEqual([1n, 0n])
  })
})
