import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { type MovingEpoch, movingGroup } from '../../tests/support/moving-group.js'
import { spyOnSlowNote } from '../../tests/support/slow-note.js'
import { unhandledRejections } from '../../tests/support/unhandled-rejections.js'
import { type Delivery, Inbox } from '../index.js'
import { MemoryStore } from './memory-store.js'

let epoch: MovingEpoch
let store: MemoryStore
let inbox: Inbox
beforeEach(async () => {
  epoch = await movingGroup({ cipherSuite: 2 }).at(7n)
  store = new MemoryStore()
  inbox = await Inbox.open({ store })
  await inbox.enter(epoch.bob)
})

const messagesOf = (count: number): Promise<Uint8Array[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => epoch.message(`message ${i}`)))

const outcomeOf = ({ received, error }: Delivery): string =>
  received ? new TextDecoder().decode(received.applicationData) : String(Reflect.get(Object(error), 'code'))

async function all(deliveries: AsyncIterable<Delivery>): Promise<Delivery[]> {
  const list: Delivery[] = []
  for await (const delivery of deliveries) list.push(delivery)
  return list
}

async function* slowly<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield item
  }
}

describe('receiveEach', () => {
  test.each([1, 2, 64])(
    'gives each outcome in the order of the messages, %i at a time',
    async (concurrency) => {
      const messages = await messagesOf(10)
      const given = [...messages.slice(0, 5), new Uint8Array(3), ...messages.slice(5)]
      for (const items of [given, slowly(given)]) {
        const fresh = await Inbox.open()
        await fresh.enter(epoch.bob)
        const list = await all(fresh.receiveEach(items, { concurrency }))
        expect(list.map(({ message }) => message)).toEqual(given)
        const texts = messages.map((_, i) => `message ${i}`)
        expect(list.map(outcomeOf)).toEqual([...texts.slice(0, 5), 'malformed', ...texts.slice(5)])
      }
    },
  )

  test('has no more messages in progress than it may, and does not stop a source that has ended', async () => {
    const messages = await messagesOf(10)
    const stopped = vi.fn()
    let pulled = 0
    let yielded = 0
    const source = {
      next: async () => {
        const value = messages[pulled++]
        expect(pulled - yielded).toBeLessThanOrEqual(3)
        return value ? { value } : { done: true as const, value: undefined }
      },
      return: stopped,
      [Symbol.asyncIterator]() {
        return this
      },
    }
    const keep = () => new Promise((resolve) => setTimeout(resolve, 1))
    for await (const { received } of inbox.receiveEach(source, { keep, concurrency: 3 })) {
      expect(received).toBeDefined()
      yielded++
    }
    expect([yielded, stopped.mock.calls.length]).toEqual([10, 0])
  })

  test.each([1, 64])('of two deliveries of a message one is a replay, %i at a time', async (concurrency) => {
    const messages = await messagesOf(5)
    const list = await all(inbox.receiveEach([...messages, ...messages], { concurrency }))
    const outcomes = list.map(outcomeOf)
    messages.forEach((_, i) => {
      expect([outcomes[i], outcomes[i + 5]].sort()).toEqual([`message ${i}`, 'replay'])
    })
  })

  test('none; and what is no message', async () => {
    expect(await all(inbox.receiveEach([]))).toEqual([])
    const [given] = await messagesOf(1)
    const wrong: AsyncGenerator<Delivery> = Reflect.apply(inbox.receiveEach, inbox, [
      ['text', undefined, given],
    ])
    expect((await all(wrong)).map(outcomeOf)).toEqual(['invalid-input', 'invalid-input', 'message 0'])
  })

  test('what is wrong with the call is told by the iterator', async () => {
    await expectCode(inbox.receiveEach([], { concurrency: 0 }).next(), 'invalid-input')
    const deliveries: AsyncGenerator<Delivery> = Reflect.apply(inbox.receiveEach, inbox, [7])
    await expectCode(deliveries.next(), 'invalid-input')
  })

  test('has no more under way than it may, and holds no more', async () => {
    const messages = await messagesOf(12)
    let pulled = 0
    let yielded = 0
    let most = 0
    function* counted() {
      for (const message of messages) {
        pulled++
        yield message
      }
    }
    for await (const _ of inbox.receiveEach(counted(), { concurrency: 3 })) {
      yielded++
      most = Math.max(most, pulled - yielded)
    }
    expect(yielded).toBe(12)
    expect(most).toBeLessThanOrEqual(3)
  })

  test('hands out what has come, though the next message takes its time', async () => {
    const [first] = await messagesOf(1)
    let end = (): void => {}
    async function* live() {
      if (first) yield first
      await new Promise<void>((resolve) => {
        end = resolve
      })
    }
    const deliveries = inbox.receiveEach(live())
    const { value } = await deliveries.next()
    expect(value && outcomeOf(value)).toBe('message 0')
    end()
    expect(await deliveries.next()).toEqual({ done: true, value: undefined })
  })

  test('a source that fails: what came before is handed out, then its error comes out', async () => {
    const messages = await messagesOf(3)
    const failure = new Error('the network is gone')
    async function* failing() {
      yield* messages
      throw failure
    }
    const deliveries = inbox.receiveEach(failing())
    for (const expected of ['message 0', 'message 1', 'message 2']) {
      const { value } = await deliveries.next()
      expect(value && outcomeOf(value)).toBe(expected)
    }
    await expect(deliveries.next()).rejects.toBe(failure)
  })

  test('stopped early without keep: what was not handed out can be received again', async () => {
    const messages = await messagesOf(20)
    const returned = vi.fn()
    function* source() {
      try {
        yield* messages
      } finally {
        returned()
      }
    }
    for await (const delivery of inbox.receiveEach(source(), { concurrency: 8 })) {
      if (outcomeOf(delivery) === 'message 4') break
    }
    expect(returned).toHaveBeenCalledOnce()
    const again = (await all(inbox.receiveEach(messages))).map(outcomeOf)
    expect(again.slice(0, 5)).toEqual(Array(5).fill('replay'))
    expect(again.slice(5)).toEqual(messages.slice(5).map((_, i) => `message ${i + 5}`))
  })

  test('stopped early with keep: no keep is under way any more, and what was kept is marked', async () => {
    const messages = await messagesOf(20)
    const kept: string[] = []
    let running = 0
    const keep = async ({ applicationData }: { applicationData: Uint8Array }) => {
      running++
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
      kept.push(new TextDecoder().decode(applicationData))
    }
    for await (const _ of inbox.receiveEach(messages, { keep, concurrency: 8 })) break
    expect(running).toBe(0)
    const before = [...kept]
    const again = await all(inbox.receiveEach(messages, { keep }))
    expect(kept.slice().sort()).toEqual(messages.map((_, i) => `message ${i}`).sort())
    for (const [i, delivery] of again.entries()) {
      expect(outcomeOf(delivery)).toBe(before.includes(`message ${i}`) ? 'replay' : `message ${i}`)
    }
  })

  test('what keep throws is the error of its message, and stops nothing', async () => {
    const messages = await messagesOf(4)
    const failure = new Error('no room')
    let calls = 0
    const keep = () => {
      calls++
      if (calls === 2) throw failure
    }
    const list = await all(inbox.receiveEach(messages, { keep, concurrency: 1 }))
    expect(list.map(({ error }) => error)).toEqual([undefined, failure, undefined, undefined])
    expect((await all(inbox.receiveEach(messages))).map(outcomeOf)).toEqual([
      'replay',
      'message 1',
      'replay',
      'replay',
    ])
  })

  test('messages in flight share a transaction', async () => {
    const note = spyOnSlowNote(store)
    await all(inbox.receiveEach(await messagesOf(64)))
    const notes = note.mock.calls.flatMap(([together]) => together)
    expect(notes.map(({ step }) => step)).toEqual(Array(64).fill('mark'))
    // Those that come while a transaction is under way share the next.
    expect(note.mock.calls.length).toBeLessThan(32)
  })

  test('nothing that is refused or given up is left unhandled', async () => {
    const messages = await messagesOf(6)
    const reasons = await unhandledRejections(async () => {
      const refused = [...messages, new Uint8Array(1), ...messages]
      for await (const _ of inbox.receiveEach(refused, { concurrency: 13 })) break
      const deliveries = inbox.receiveEach(refused)
      await deliveries.next()
      inbox.close()
      const rest = await all(deliveries)
      expect(rest).toHaveLength(refused.length - 1)
      expect(rest.map(({ message }) => message)).toEqual(refused.slice(1))
    })
    expect(reasons).toEqual([])
  })
})
