import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { GroupEpoch, Inbox, type ReceivedMessage } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { call } from '../support/inboxes.js'
import { type MovingEpoch, type MovingGroup, movingGroup } from '../support/moving-group.js'
import { subtleSettled } from '../support/subtle-calls.js'
import { revisions } from '../support/suites.js'

/** A promise that is settled from outside. */
function deferred() {
  let resolve = (): void => {}
  let reject = (_error: unknown): void => {}
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil
    reject = refuse
  })
  return { promise, resolve, reject }
}

/** A `keep` that tells when it has been called, and ends when the test says so. */
function heldKeep() {
  const { promise, resolve, reject } = deferred()
  const started = deferred()
  const keep = () => {
    started.resolve()
    return promise
  }
  return { keep, started: started.promise, resolve, reject }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve, 0))

describe.each(revisions)('keep, revision %s', (revision) => {
  let group: MovingGroup
  let epoch: MovingEpoch
  let store: MemoryStore
  let inbox: Inbox
  let message: Uint8Array
  beforeEach(async () => {
    group = movingGroup({ revision, cipherSuite: 2 })
    epoch = await group.at(7n)
    store = new MemoryStore()
    inbox = await Inbox.open({ store, pastEpochs: 1 })
    await inbox.enter(epoch.bob)
    message = await epoch.message('precious')
  })

  test('is given what is released, once; then it is a replay', async () => {
    const keep = vi.fn()
    const received = await inbox.receive(message, { keep })
    expect(keep.mock.calls).toEqual([[received]])
    await expectCode(inbox.receive(message, { keep }), 'replay')
    await expectCode(inbox.receive(message), 'replay')
    expect(keep).toHaveBeenCalledOnce()
  })

  test('is called once, too, if the group is entered anew in an older epoch meanwhile', async () => {
    const keep = vi.fn(async () => {
      await inbox.leave(epoch.bob.groupId)
      await inbox.enter((await group.at(6n)).bob)
    })
    await inbox.receive(message, { keep })
    expect(keep).toHaveBeenCalledOnce()
  })

  test('may change and transfer what it is given: the message is marked all the same', async () => {
    const used = [
      ({ groupId, applicationData }: ReceivedMessage) =>
        [groupId, applicationData].map((bytes) => bytes.fill(0)),
      ({ groupId }: ReceivedMessage) => structuredClone(groupId, { transfer: [groupId.buffer] }),
    ]
    for (const use of used) {
      const another = await epoch.message('another')
      const keep = vi.fn(use)
      await inbox.receive(another, { keep })
      await expectCode(inbox.receive(another, { keep }), 'replay')
      expect(keep).toHaveBeenCalledOnce()
    }
  })

  test('is awaited: nobody receives the message meanwhile, by this inbox or another with the store', async () => {
    const other = await Inbox.open({ store })
    const { promise, resolve } = deferred()
    const started = deferred()
    const order: string[] = []
    const keep = () => {
      started.resolve()
      return promise.then(() => order.push('kept'))
    }
    const keeping = inbox.receive(message, { keep })
    await started.promise
    const waiting = [
      keeping,
      ...[inbox, other].flatMap((one) => [
        one
          .receive(message, { keep: () => order.push('kept again') })
          .catch((error) => order.push(error.code)),
      ]),
    ]
    for (let i = 0; i < 20; i++) await nextTask()
    expect(order).toEqual([])
    resolve()
    await Promise.all(waiting)
    expect(order).toEqual(['kept', 'replay', 'replay'])
  })

  test('who receives without keep waits for it as well', async () => {
    const { keep, started, resolve } = heldKeep()
    const keeping = inbox.receive(message, { keep })
    await started
    let outcome = 'pending'
    const plain = inbox.receive(message).catch((error) => {
      outcome = error.code
    })
    for (let i = 0; i < 20; i++) await nextTask()
    expect(outcome).toBe('pending')
    resolve()
    await Promise.all([keeping, plain])
    expect(outcome).toBe('replay')
  })

  test('who receives without keep has it after all, if keep fails', async () => {
    const { keep: held, started, reject } = heldKeep()
    const failing = inbox.receive(message, { keep: held })
    await started
    const plain = inbox.receive(message)
    reject(new Error('no room'))
    await expect(failing).rejects.toThrow('no room')
    expect(await plain).toHaveProperty('epoch', 7n)
    await expectCode(inbox.receive(message), 'replay')
  })

  test('what it throws comes out as it is, and the message can be received again with the same id', async () => {
    const failure = { not: 'even an Error' }
    const ids: string[] = []
    for (const keep of [
      (received: ReceivedMessage) => {
        ids.push(received.id)
        throw failure
      },
      async (received: ReceivedMessage) => {
        ids.push(received.id)
        throw failure
      },
    ]) {
      await expect(inbox.receive(message, { keep })).rejects.toBe(failure)
    }
    const received = await inbox.receive(message)
    expect(new Set([...ids, received.id]).size).toBe(1)
    expect(received.id).toMatch(/^[\w-]{22}$/)
    await expectCode(inbox.receive(message), 'replay')
  })

  test('a page that dies in it: the next delivery is received, with the same id', async () => {
    let first = ''
    // Its promise never settles; the lock is of its store, and goes with it.
    const dead = await Inbox.open({ store: store.another() })
    void dead.receive(message, {
      keep: ({ id }) => {
        first = id
        return new Promise(() => {})
      },
    })
    while (first === '') await nextTask()
    const alive = await Inbox.open({ store: store.another() })
    expect((await alive.receive(message, { keep: () => {} })).id).toBe(first)
    await expectCode(alive.receive(message), 'replay')
  })

  test('the id is the one that the sender has, and any member', async () => {
    const { id } = await inbox.receive(message)
    for (const leafIndex of [0, 1, 2]) {
      const member = await GroupEpoch.create(epoch.as(leafIndex))
      expect(await member.messageId(message)).toBe(id)
    }
    expect((await inbox.receive(await epoch.message('precious'))).id).not.toBe(id)
  })

  test('the epoch ends while it runs: kept, and marked in the past epoch', async () => {
    const received = await inbox.receive(message, { keep: async () => inbox.enter((await group.at(8n)).bob) })
    expect(received.epoch).toBe(7n)
    await expectCode(inbox.receive(message), 'replay')
  })

  test('the epoch ends while it runs, and the store fails: told, and received again', async () => {
    const keep = vi.fn(async () => {
      await inbox.enter((await group.at(8n)).bob)
      vi.spyOn(store, 'read').mockRejectedValueOnce(new Error('no disk'))
    })
    await expectCode(inbox.receive(message, { keep }), 'storage')
    vi.restoreAllMocks()
    expect(await inbox.receive(message, { keep: () => {} })).toHaveProperty('epoch', 7n)
  })

  test('a store that never finds the epoch of what was kept is asked four times', async () => {
    const note = vi
      .spyOn(store, 'note')
      .mockImplementation(async (notes) => notes.map(({ step }) => (step === 'confirm' ? 'gone' : 'new')))
    await expectCode(inbox.receive(message, { keep: () => {} }), 'storage')
    const steps = note.mock.calls.flatMap(([notes]) => notes.map(({ step }) => step))
    expect(steps).toEqual(['claim', 'confirm', 'confirm', 'confirm', 'confirm'])
    note.mockRestore()
  })

  test('the epoch is deleted while it runs: kept, and gone with its marks', async () => {
    const keep = vi.fn(async () => {
      for (const next of [8n, 9n]) await inbox.enter((await group.at(next)).bob)
    })
    expect((await inbox.receive(message, { keep })).epoch).toBe(7n)
    await expectCode(inbox.receive(message, { keep }), 'epoch-expired')
    expect(keep).toHaveBeenCalledOnce()
  })

  test('a backlog that was stopped while it waited for another one keeps nothing more', async () => {
    const { keep: held, started, reject } = heldKeep()
    const failing = inbox.receive(message, { keep: held })
    await started
    const keep = vi.fn()
    const backlog = inbox.receiveEach([await epoch.message('first'), message], { keep })
    await backlog.next()
    await subtleSettled()
    // Now it waits for the other one, and so does whoever stops it.
    const stopping = backlog.return()
    reject(new Error('no room'))
    await expect(failing).rejects.toThrow('no room')
    await stopping
    expect(keep).toHaveBeenCalledOnce()
    expect(await inbox.receive(message)).toHaveProperty('epoch', 7n)
  })

  test('the group is left while it runs: kept, and the epoch is gone with its marks', async () => {
    await inbox.receive(message, { keep: () => inbox.leave(group.groupId) })
    await expectCode(inbox.receive(message), 'unknown-group')
    await inbox.enter(epoch.bob)
    await inbox.receive(message)
  })

  test('it cannot be marked afterwards: `storage`, and it can be received again', async () => {
    const broken = store.another()
    const note = broken.note.bind(broken)
    const failing = await Inbox.open({ store: broken })
    const failure = new Error('the disk is full')
    vi.spyOn(broken, 'note').mockImplementation((notes) =>
      notes.some(({ step }) => step === 'confirm') ? Promise.reject(failure) : note(notes),
    )
    const keep = vi.fn()
    expect((await expectCode(failing.receive(message, { keep }), 'storage')).cause).toBe(failure)
    await inbox.receive(message, { keep })
    expect(new Set(keep.mock.calls.map(([{ id }]) => id)).size).toBe(1)
    expect(keep).toHaveBeenCalledTimes(2)
  })

  test('is not called for what is refused, and is a function', async () => {
    const keep = vi.fn()
    await expectCode(inbox.receive(message.slice(1), { keep }), 'malformed')
    const damaged = message.slice()
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    await expectCode(inbox.receive(damaged, { keep }), 'sender-auth-data')
    expect(keep).not.toHaveBeenCalled()
    for (const wrong of ['x', {}, null]) {
      await expectCode(call(inbox.receive, inbox, message, { keep: wrong }), 'invalid-input')
    }
    await inbox.receive(message, { keep: undefined })
  })
})
