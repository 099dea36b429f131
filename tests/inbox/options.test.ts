import { describe, expect, test, vi } from 'vitest'
import { Inbox, type ReceiveOptions } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { call, groupsOf } from '../support/inboxes.js'
import { movingGroup } from '../support/moving-group.js'
import { newStorageKey } from '../support/records.js'

describe('options', () => {
  const open = (options: unknown) => call(Inbox.open, Inbox, options)

  test.each([
    ['pastEpochs', [17, -1, 0.5, Number.NaN, '1', null, 1n]],
    ['maxAge', [-1, Number.NaN, '1000', null, 1n, {}, Symbol('x')]],
    ['durability', ['default', 'STRICT', '', 7, null, true, {}]],
    ['storageKey', ['x', 7, {}, new Uint8Array(32)]],
  ])('%s', async (name, values) => {
    for (const value of values) await expectCode(open({ [name]: value }), 'invalid-input')
  })

  test('none, and null', async () => {
    expect(await open(undefined)).toBeInstanceOf(Inbox)
    await expectCode(open(null), 'invalid-input')
  })

  test('enter takes a GroupEpoch', async () => {
    const inbox = await Inbox.open()
    const record = (await movingGroup().at(7n)).bob.export()
    for (const value of [undefined, null, 'x', {}, record]) {
      await expectCode(call(inbox.enter, inbox, value), 'invalid-input')
    }
  })

  test('an epoch and an inbox with one storageKey between them', async () => {
    const [storageKey, other] = [await newStorageKey(), await newStorageKey()]
    const plain = await movingGroup().at(7n)
    const sealed = await movingGroup({ storageKey }).at(7n)
    const inbox = await Inbox.open({ storageKey })
    await inbox.enter(sealed.bob)
    expect(await inbox.receive(await sealed.message())).toHaveProperty('epoch', 7n)
    const options = { storageKey: undefined, signaturePrivateKey: undefined }
    expect(await inbox.current(sealed.bob.groupId, options)).toHaveProperty('epoch', 7n)
    await expectCode(inbox.enter(plain.bob), 'invalid-input')
    await expectCode((await Inbox.open()).enter(sealed.bob), 'invalid-input')
    const wrong = await Inbox.open({ storageKey: other })
    await expectCode(wrong.enter(sealed.bob), 'storage')
    expect(await groupsOf(wrong)).toEqual([])
  })
})

describe('options are read once, when they are given', () => {
  test('of open', async () => {
    const options = { maxMessageLength: 1_000_000 }
    const opening = Inbox.open(options)
    options.maxMessageLength = 1
    const inbox = await opening
    const epoch = await movingGroup().at(7n)
    await inbox.enter(epoch.bob)
    expect(await inbox.receive(await epoch.message())).toHaveProperty('epoch', 7n)
  })

  test('of receive', async () => {
    const inbox = await Inbox.open()
    const epoch = await movingGroup().at(7n)
    await inbox.enter(epoch.bob)
    const keep = vi.fn()
    const options: ReceiveOptions = { keep }
    const receiving = inbox.receive(await epoch.message(), options)
    Object.assign(options, { keep: undefined })
    await receiving
    expect(keep).toHaveBeenCalledOnce()
  })

  test('null is no options', async () => {
    const inbox = await Inbox.open()
    const epoch = await movingGroup().at(7n)
    await inbox.enter(epoch.bob)
    expect(await call(inbox.receive, inbox, await epoch.message(), null)).toHaveProperty('epoch', 7n)
    const deliveries: AsyncIterable<unknown> = Reflect.apply(inbox.receiveEach, inbox, [
      [await epoch.message()],
      null,
    ])
    for await (const delivery of deliveries) expect(delivery).toHaveProperty('received.epoch', 7n)
  })
})

test('a group id of more than 1,024 bytes is not entered, and a message that names one is of an unknown group', async () => {
  const inbox = await Inbox.open()
  const [longest, longer] = [
    movingGroup({ groupId: new Uint8Array(1024) }),
    movingGroup({ groupId: new Uint8Array(1025) }),
  ]
  const [entered, refused] = [await longest.at(7n), await longer.at(7n)]
  await inbox.enter(entered.bob)
  expect(await inbox.receive(await entered.message())).toHaveProperty('epoch', 7n)
  const { message } = await expectCode(inbox.enter(refused.bob), 'invalid-input')
  expect(message).toBe('an inbox takes group ids of at most 1024 bytes')
  await expectCode(inbox.receive(await refused.message()), 'unknown-group')
})
