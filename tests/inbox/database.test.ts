import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest'
import { resultOf } from '../../lib/inbox/idb-requests.js'
import { Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type MovingEpoch, movingGroup } from '../support/moving-group.js'
import { newStorageKey } from '../support/records.js'

// With a storageKey, so that records can be stored whatever the keys are.
let storageKey: CryptoKey
let epoch: MovingEpoch
let database: string
let databases = 0
beforeEach(async () => {
  storageKey = await newStorageKey()
  epoch = await movingGroup({ cipherSuite: 2, storageKey }).at(7n)
  database = `inbox ${databases++}`
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('without Web Locks, two inboxes with one database keep a message once', async () => {
  vi.stubGlobal('navigator', {})
  const inboxes = await Promise.all([1, 2].map(() => Inbox.open({ database, storageKey })))
  await inboxes[0]?.enter(epoch.bob)
  const message = await epoch.message()
  const keep = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 20)))
  const results = await Promise.allSettled(inboxes.map((inbox) => inbox.receive(message, { keep })))
  expect(keep).toHaveBeenCalledOnce()
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'received'))
  expect(codes.sort()).toEqual(['received', 'replay'])
  for (const inbox of inboxes) inbox.close()
})

describe('durability', () => {
  test.each([
    ['relaxed', undefined],
    ['relaxed', 'relaxed'],
    ['strict', 'strict'],
  ] as const)('marks are %s with %s', async (wanted, durability) => {
    const inbox = await Inbox.open({ database, storageKey, durability })
    await inbox.enter(epoch.bob)
    const message = await epoch.message()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await inbox.receive(message)
    expect(transaction.mock.calls.map(([, mode, options]) => [mode, options?.durability])).toEqual([
      ['readwrite', wanted],
    ])
    inbox.close()
  })
})

describe('a database whose inbox cannot be opened', () => {
  /** Whether the connection is closed; it may be more than once, and later than asked. */
  const isClosed = (): boolean => close.mock.contexts.some((closed) => Object(closed).name === database)
  let close: MockInstance<IDBDatabase['close']>
  beforeEach(() => {
    close = vi.spyOn(IDBDatabase.prototype, 'close')
  })

  test('is closed: nothing blocks who deletes it', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new Error('the disk is full')
    })
    await expectCode(Inbox.open({ database, pastEpochs: 1 }), 'storage')
    expect(isClosed()).toBe(true)
  })

  test('stays open if it can', async () => {
    const inbox = await Inbox.open({ database, pastEpochs: 1 })
    expect(isClosed()).toBe(false)
    inbox.close()
    expect(isClosed()).toBe(true)
  })
})

test.each([
  ['is missing', undefined],
  [
    'is refused',
    class {
      constructor() {
        throw new DOMException('no', 'SecurityError')
      }
    },
  ],
])('an inbox whose BroadcastChannel %s is not opened, and holds no database open', async (_, channel) => {
  vi.stubGlobal('BroadcastChannel', channel)
  const { message } = await expectCode(Inbox.open({ database }), 'storage')
  expect(message).toBe('this page has no BroadcastChannel')
  await resultOf(indexedDB.deleteDatabase(database))
})
