import { beforeEach, describe, expect, test } from 'vitest'
import { GroupEpoch, Inbox } from '../../lib/index.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { call, groupsOf } from '../support/inboxes.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'
import { randomBytes } from '../support/random-group.js'

describe('the groups of an inbox', () => {
  let group: MovingGroup
  let inbox: Inbox
  beforeEach(async () => {
    group = movingGroup()
    inbox = await Inbox.open()
    await inbox.enter((await group.at(7n)).bob)
  })

  test('current is the epoch to seal with, also with a callback', async () => {
    const current = await inbox.current(group.groupId)
    expect(current).toMatchObject({ epoch: 7n, groupId: group.groupId, leafIndex: 1 })
    const sealed = await current?.seal({ recipientLeafIndex: 0, applicationData: text('back') })
    const alice = await GroupEpoch.create((await group.at(7n)).as(0))
    expect(await alice.open(sealed ?? new Uint8Array())).toHaveProperty('senderLeafIndex', 1)
    expect(await inbox.current(randomBytes(16))).toBeUndefined()
    await expectCode(call(inbox.current, inbox, 'x'), 'invalid-input')
  })

  test('leave forgets a group, its marks with it, and no other', async () => {
    const other = movingGroup()
    await inbox.enter((await other.at(3n)).bob)
    const message = await (await group.at(7n)).message()
    await inbox.receive(message)
    await inbox.leave(group.groupId)
    await inbox.leave(randomBytes(16))
    expect(await inbox.current(group.groupId)).toBeUndefined()
    expect(await groupsOf(inbox)).toEqual([[String(other.groupId), 3n]])
    await inbox.receive(await (await other.at(3n)).message())
    // The group may be entered again; only what was received under the same keys before is then new again.
    await inbox.enter((await group.at(7n)).bob)
    expect(await inbox.receive(message)).toHaveProperty('epoch', 7n)
    await expectCode(call(inbox.leave, inbox, 'x'), 'invalid-input')
  })

  test('iterates over the groups; what it gives belongs to the caller', async () => {
    const other = movingGroup({ groupId: new Uint8Array() })
    await inbox.enter((await other.at(3n)).bob)
    await inbox.enter((await group.at(8n)).bob)
    const expected = [
      [String(group.groupId), 8n],
      ['', 3n],
    ]
    expect((await groupsOf(inbox)).sort().reverse()).toEqual(expected.sort().reverse())
    for await (const { groupId } of inbox) groupId.fill(0xff)
    expect((await groupsOf(inbox)).sort().reverse()).toEqual(expected)
  })
})
