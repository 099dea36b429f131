import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'

describe('an inbox that has not heard yet what another one has changed', () => {
  let group: MovingGroup
  let store: MemoryStore
  let deaf: Inbox
  let other: Inbox
  beforeEach(async () => {
    group = movingGroup({ cipherSuite: 2 })
    store = new MemoryStore()
    vi.spyOn(store, 'watch').mockImplementation(() => {})
    other = await Inbox.open({ store: store.another() })
    deaf = await Inbox.open({ store })
    await other.enter((await group.at(7n)).bob)
    await deaf.receive(await (await group.at(7n)).message())
  })

  test('receives what is sealed with the keys of a group that was left and entered anew', async () => {
    const anew = await movingGroup({ cipherSuite: 2, groupId: group.groupId }).at(7n)
    const late = await (await group.at(7n)).message('late')
    await other.leave(group.groupId)
    await other.enter(anew.bob)
    const message = await anew.message('anew')
    expect(await deaf.receive(message)).toHaveProperty('epoch', 7n)
    await expectCode(deaf.receive(message), 'replay')
    await expectCode(deaf.receive(late), 'sender-auth-data')
  })

  test('releases nothing with the keys of a group that was left', async () => {
    const late = await (await group.at(7n)).message('late')
    await other.leave(group.groupId)
    await expectCode(deaf.receive(late), 'unknown-group')
  })

  test('does not read again what is up to date', async () => {
    const damaged = await (await group.at(7n)).message()
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    const read = vi.spyOn(store, 'read')
    await expectCode(deaf.receive(damaged), 'sender-auth-data')
    expect(read).not.toHaveBeenCalled()
  })
})
