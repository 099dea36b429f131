import { describe, expect, test } from 'vitest'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { call, groupsOf } from '../support/inboxes.js'
import { movingGroup } from '../support/moving-group.js'
import { newStorageKey } from '../support/records.js'

describe('options', () => {
  const open = (options: unknown) => call(Inbox.open, Inbox, options)

  test.each([
    ['pastEpochs', [17, -1, 0.5, Number.NaN, '1', null, 1n]],
    ['maxAge', [-1, Number.NaN, '1000', null, 1n, {}, Symbol('x')]],
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
    expect(await inbox.current(sealed.bob.groupId, { storageKey: undefined })).toHaveProperty('epoch', 7n)
    await expectCode(inbox.enter(plain.bob), 'invalid-input')
    await expectCode((await Inbox.open()).enter(sealed.bob), 'invalid-input')
    const wrong = await Inbox.open({ storageKey: other })
    await expectCode(wrong.enter(sealed.bob), 'storage')
    expect(await groupsOf(wrong)).toEqual([])
  })
})
