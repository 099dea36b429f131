import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import type { NoteStep } from '../../lib/inbox/note-steps.js'
import { type GroupEpochRecord, Inbox, type InboxStore, type TargetedMessageError } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingGroup, movingGroup } from '../support/moving-group.js'
import { withPart } from '../support/records.js'

describe('a store that fails', () => {
  let group: MovingGroup
  let store: InboxStore
  let inbox: Inbox
  const failure = new Error('the disk is full')
  const expectStorage = async (action: Promise<unknown>): Promise<TargetedMessageError> => {
    const error = await expectCode(action, 'storage')
    expect(error.cause).toBe(failure)
    return error
  }
  beforeEach(async () => {
    group = movingGroup()
    store = new MemoryStore()
    inbox = await Inbox.open({ store, pastEpochs: 1 })
    await inbox.enter((await group.at(7n)).bob)
  })

  test('note: the message is not released, and can be received later', async () => {
    const message = await (await group.at(7n)).message('secret')
    vi.spyOn(store, 'note').mockRejectedValueOnce(failure)
    const error = await expectStorage(inbox.receive(message))
    expect(`${JSON.stringify(error)} ${error.message} ${error.stack}`).not.toMatch(/secret/)
    expect(await inbox.receive(message)).toHaveProperty('epoch', 7n)
    await expectCode(inbox.receive(message), 'replay')
  })

  test('note that throws instead of rejecting', async () => {
    const message = await (await group.at(7n)).message()
    vi.spyOn(store, 'note').mockImplementationOnce(() => {
      throw failure
    })
    await expectStorage(inbox.receive(message))
  })

  describe.each([
    ['no outcome', []],
    ['an outcome that is undefined', [undefined]],
    ['an outcome that nobody knows', ['fresh']],
    ['true', [true]],
  ])('note that gives %s: `storage`', (_, outcomes) => {
    /** What is noted with these steps is not, and nobody says so. */
    const misanswer = (...steps: NoteStep[]) => {
      const note = store.note.bind(store)
      vi.spyOn(store, 'note').mockImplementation((notes) =>
        notes.some(({ step }) => steps.includes(step)) ? Promise.resolve(Object(outcomes)) : note(notes),
      )
    }

    test('for a mark, and nothing is released', async () => {
      misanswer('mark')
      await expectCode(inbox.receive(await (await group.at(7n)).message()), 'storage')
    })

    test('for a claim, and keep is not called', async () => {
      misanswer('claim')
      const keep = vi.fn()
      await expectCode(inbox.receive(await (await group.at(7n)).message(), { keep }), 'storage')
      expect(keep).not.toHaveBeenCalled()
    })

    test('for what keep has kept', async () => {
      misanswer('confirm')
      const keep = vi.fn()
      await expectCode(inbox.receive(await (await group.at(7n)).message(), { keep }), 'storage')
      expect(keep).toHaveBeenCalledOnce()
    })
  })

  test('change: the epoch before stays as it was, with its marks', async () => {
    const old = await group.at(7n)
    const next = await group.at(8n)
    const seen = await old.message()
    await inbox.receive(seen)
    vi.spyOn(store, 'change').mockRejectedValueOnce(failure)
    await expectStorage(inbox.enter(next.bob))
    expect(await inbox.current(group.groupId)).toHaveProperty('epoch', 7n)
    await inbox.receive(await old.message())
    await expectCode(inbox.receive(seen), 'replay')
    const early = await next.message()
    await expectCode(inbox.receive(early), 'epoch-ahead')
    await inbox.enter(next.bob)
    await inbox.receive(early)
  })

  test('change, when a group is left: it stays', async () => {
    vi.spyOn(store, 'change').mockRejectedValueOnce(failure)
    await expectStorage(inbox.leave(group.groupId))
    await inbox.receive(await (await group.at(7n)).message())
  })

  test('reading', async () => {
    const message = await (await group.at(7n)).message()
    vi.spyOn(store, 'read').mockRejectedValueOnce(failure)
    await expectStorage(inbox.current(group.groupId))
    vi.spyOn(store, 'groups').mockRejectedValueOnce(failure)
    await expectStorage(inbox.prune())
    vi.spyOn(store, 'groups').mockRejectedValueOnce(failure)
    await expectStorage(Inbox.open({ store }))
    vi.spyOn(store, 'window').mockRejectedValueOnce(failure)
    await expectStorage(Inbox.open({ store }))
    // The application's own store is not closed for that. A failure that passed is forgotten.
    const fresh = await Inbox.open({ store })
    vi.spyOn(store, 'read').mockRejectedValueOnce(failure)
    await expectStorage(fresh.receive(message))
    await fresh.receive(message)
  })
})

describe('a store that gives back something else', () => {
  const damages: [name: string, damage: (record: GroupEpochRecord) => object][] = [
    ['another version', (record) => ({ ...record, version: 1 })],
    ['no secrets', (record) => withPart(record, ['secrets'], undefined)],
    ['no members', (record) => withPart(record, ['members'], undefined)],
    ['keys that were lost', (record) => ({ ...record, secrets: lostKeys(record) })],
  ]
  /** As an engine would that forgets the keys. */
  const lostKeys = ({ secrets }: GroupEpochRecord): object =>
    Object.fromEntries(Object.keys(secrets).map((name) => [name, null]))

  test.each(damages)('%s: `storage` from enter, receive and current', async (_, damage) => {
    const { bob, message } = await movingGroup().at(7n)
    const store = new MemoryStore()
    const read = store.read.bind(store)
    vi.spyOn(store, 'read').mockImplementation(async (...args) => {
      const stored = await read(...args)
      return { ...stored, record: stored.record && { ...stored.record, ...damage(stored.record) } }
    })
    const inbox = await Inbox.open({ store })
    await expectCode(inbox.enter(bob), 'storage')
    await expectCode(inbox.receive(await message()), 'storage')
    await expectCode(inbox.current(bob.groupId), 'storage')
  })
  test('a suite that nobody described: `unsupported-cipher-suite`', async () => {
    const { bob, message } = await movingGroup().at(7n)
    const store = new MemoryStore()
    await (await Inbox.open({ store })).enter(bob)
    const read = store.read.bind(store)
    vi.spyOn(store, 'read').mockImplementation(async (...args) => {
      const stored = await read(...args)
      return { ...stored, record: stored.record && { ...stored.record, cipherSuite: 9 } }
    })
    const inbox = await Inbox.open({ store })
    await expectCode(inbox.receive(await message()), 'unsupported-cipher-suite')
    await expectCode(inbox.current(bob.groupId), 'unsupported-cipher-suite')
  })

  test('the keys of another member: `storage` from enter', async () => {
    const { bob } = await movingGroup().at(7n)
    const { secrets } = (await movingGroup().at(7n)).bob.export()
    const store = new MemoryStore()
    const read = store.read.bind(store)
    vi.spyOn(store, 'read').mockImplementation(async (...args) => {
      const stored = await read(...args)
      return { ...stored, record: stored.record && { ...stored.record, secrets } }
    })
    const { message } = await expectCode((await Inbox.open({ store })).enter(bob), 'storage')
    // Where records carry encrypted secrets, those are bound to their group; CryptoKeys must prove themselves.
    const isEncrypted = Object.values(secrets).some((secret) => secret?.kind === 'record-key')
    const why = isEncrypted
      ? /does not decrypt with the key inside it/
      : /does not belong to the public key in the own leaf/
    expect(message).toMatch(why)
  })
})
