import { beforeEach, describe, expect, test } from 'vitest'
import { oracleSeal } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { expectOwnMemory } from '../../tests/support/expect-own-memory.js'
import { call, groupsOf } from '../../tests/support/inboxes.js'
import { type MovingGroup, movingGroup } from '../../tests/support/moving-group.js'
import { callCount, subtleCalls } from '../../tests/support/subtle-calls.js'
import { GroupEpoch, Inbox } from '../index.js'

describe('an inbox', () => {
  let group: MovingGroup
  let inbox: Inbox
  beforeEach(async () => {
    group = movingGroup()
    inbox = await Inbox.open()
    await inbox.enter((await group.at(7n)).bob)
  })

  test('receives a message of its group', async () => {
    const message = await (await group.at(7n)).message('hello', 'in the clear')
    expect(await inbox.receive(message)).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      groupId: group.groupId,
      epoch: 7n,
      senderLeafIndex: 0,
      applicationData: text('hello'),
      authenticatedData: text('in the clear'),
    })
  })

  test('what it releases is memory of its own', async () => {
    const message = await (await group.at(7n)).message('hello', 'in the clear')
    const { groupId, applicationData, authenticatedData } = await inbox.receive(message)
    expectOwnMemory(groupId, 16)
    expectOwnMemory(applicationData, 'hello'.length)
    expectOwnMemory(authenticatedData, 'in the clear'.length)
  })

  test('copies the message before it awaits, and leaves it as it is', async () => {
    const { message: seal } = await group.at(7n)
    const message = await seal()
    const before = message.slice()
    const receiving = inbox.receive(message)
    expect(message).toEqual(before)
    message.fill(0)
    expect((await receiving).applicationData).toEqual(text('hello'))
  })

  test('two messages with the same content are two messages', async () => {
    const { message } = await group.at(7n)
    for (let i = 0; i < 3; i++) expect(await inbox.receive(await message())).toHaveProperty('epoch', 7n)
  })

  test('unknown-group: never entered, left, or nothing entered yet', async () => {
    const { message } = await movingGroup().at(7n)
    await expectCode(inbox.receive(await message()), 'unknown-group')
    await expectCode((await Inbox.open()).receive(await message()), 'unknown-group')
    await inbox.leave(group.groupId)
    await expectCode(inbox.receive(await (await group.at(7n)).message()), 'unknown-group')
  })

  test('epoch-ahead, and the same message once the epoch is entered', async () => {
    const { bob, message: seal } = await group.at(8n)
    const message = await seal('early')
    for (let i = 0; i < 3; i++) await expectCode(inbox.receive(message), 'epoch-ahead')
    await inbox.enter(bob)
    expect((await inbox.receive(message)).applicationData).toEqual(text('early'))
    await expectCode(inbox.receive(message), 'replay')
  })

  test('epoch-expired: before the group was entered, and past', async () => {
    await expectCode(inbox.receive(await (await group.at(6n)).message()), 'epoch-expired')
    await inbox.enter((await group.at(8n)).bob)
    await expectCode(inbox.receive(await (await group.at(7n)).message()), 'epoch-expired')
  })

  test('an older epoch is refused, and nothing changes', async () => {
    await inbox.enter((await group.at(9n)).bob)
    const message = await (await group.at(9n)).message()
    await inbox.receive(message)
    const { bob, message: seal } = await group.at(8n)
    const { message: sentence } = await expectCode(inbox.enter(bob), 'invalid-input')
    expect(sentence).toMatch(/epoch 8 is older than the current epoch 9/)
    await expectCode(inbox.receive(await seal()), 'epoch-expired')
    await expectCode(inbox.receive(message), 'replay')
    await inbox.receive(await (await group.at(9n)).message())
    expect(await groupsOf(inbox)).toEqual([[String(group.groupId), 9n]])
  })

  test('the same epoch entered again keeps its marks', async () => {
    const { bob, message: seal, as } = await group.at(7n)
    const message = await seal()
    await inbox.receive(message)
    await inbox.enter(bob)
    await expectCode(inbox.receive(message), 'replay')
    await inbox.enter(await GroupEpoch.create({ ...as(1), maxMessageLength: 1000 }))
    await expectCode(inbox.receive(message), 'replay')
    await inbox.receive(await seal())
    // And the epoch is the one that was entered last.
    await expectCode(inbox.receive(await seal('x'.repeat(1000))), 'too-large')
  })

  test('what GroupEpoch.open refuses is refused alike', async () => {
    const { as, message } = await group.at(7n)
    const own = as(0)
    await expectCode(inbox.receive(await oracleSeal(own, { recipientLeafIndex: 2 })), 'not-for-this-member')
    const cut = (bytes: Uint8Array) => bytes.subarray(1)
    const wrong = await oracleSeal(own, { recipientLeafIndex: 1, tbs: cut })
    await expectCode(inbox.receive(wrong), 'signature')
    await expectCode(inbox.receive((await message()).slice(0, -1)), 'malformed')
    await expectCode(inbox.receive(new Uint8Array()), 'malformed')
    for (const value of [undefined, null, 'x', 7, {}, [1, 2], new ArrayBuffer(9)]) {
      await expectCode(call(inbox.receive, inbox, value), 'invalid-input')
    }
  })

  test('closed, everything is `storage`; closed twice is closed', async () => {
    const { bob, message: seal } = await group.at(7n)
    const message = await seal()
    await inbox.receive(await seal())
    inbox.close()
    inbox.close()
    await expectCode(inbox.receive(message), 'storage')
    await expectCode(inbox.enter(bob), 'storage')
    await expectCode(inbox.leave(group.groupId), 'storage')
    await expectCode(inbox.current(group.groupId), 'storage')
    await expectCode(inbox.prune(), 'storage')
    await expectCode(groupsOf(inbox), 'storage')
  })

  test('closed, it has no keys any more', async () => {
    const { message: seal } = await group.at(7n)
    const message = await seal()
    await inbox.receive(await seal())
    inbox.close()
    expect(callCount(await subtleCalls(() => inbox.receive(message)))).toBe(0)
  })

  test('closed while a message is received: `storage`, and no plaintext', async () => {
    const receiving = inbox.receive(await (await group.at(7n)).message())
    inbox.close()
    await expectCode(receiving, 'storage')
  })
})
