import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isPeculiar } from '../../tests/support/runtime.js'
import { inboxStoreContract } from './contract/inbox-store.js'
import { entering, groupOf, makeRecord, noteOf } from './contract/records.js'
import { resultOf } from './idb-requests.js'
import { IdbStore } from './idb-store.js'

let databases = 0
let name: string
beforeEach(() => {
  name = `store ${databases++}`
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const groupId = Uint8Array.of(1, 2, 3)
const open = (database = name) => IdbStore.open({ name: database, durability: 'relaxed' })
const forever = { pastEpochs: 0, maxAge: Number.POSITIVE_INFINITY }

// The keys of @peculiar/webcrypto cannot be cloned, and so not stored.
describe.skipIf(isPeculiar)('IdbStore, by the contract of stores', () => {
  for (const { name, check } of inboxStoreContract) {
    test(name, async () => {
      const database = `contract ${databases++}`
      await check(() => IdbStore.open({ name: database, durability: 'relaxed' }))
    })
  }
})

describe('the window', () => {
  test('that is as it was is not written: a database opens on a full disk, too', async () => {
    const first = await open()
    await first.window({ pastEpochs: 2 })
    first.close()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    const second = await open()
    expect(await second.window({ pastEpochs: 2 })).toEqual({ ...forever, pastEpochs: 2 })
    expect(put).not.toHaveBeenCalled()
    expect((await second.window({ pastEpochs: 3 })).pastEpochs).toBe(3)
    expect(put).toHaveBeenCalledTimes(1)
    second.close()
  })

  test('with another age alone is written', async () => {
    const first = await open()
    await first.window({ maxAge: 5 })
    first.close()
    const second = await open()
    expect(await second.window({})).toEqual({ pastEpochs: 0, maxAge: 5 })
    second.close()
  })
})

test('a group without epochs has no record', async () => {
  const store = await open()
  const group = groupOf(groupId, [])
  await store.change(groupId, () => ({ group }))
  expect(await store.read(groupId)).toEqual({ group, record: undefined, window: forever })
  store.close()
})

describe('whoever shares the database hears of changes', () => {
  /** What a store hears, until it hears of `last`. */
  const heardUntil = (store: IdbStore, last: Uint8Array | undefined) =>
    new Promise<(Uint8Array | undefined)[]>((resolve) => {
      const heard: (Uint8Array | undefined)[] = []
      store.watch((id) => {
        heard.push(id)
        if (String(id) === String(last)) resolve(heard)
      })
    })

  test('which group, or all', async () => {
    const [first, second] = [await open(), await open()]
    const heard = heardUntil(second, undefined)
    await first.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
    await first.window({ pastEpochs: 1 })
    expect(await heard).toEqual([groupId, undefined])
    for (const store of [first, second]) store.close()
  })

  test('nobody else does', async () => {
    const [first, second] = [await open(), await open()]
    const [other, beside] = [await open(`${name}, another`), await open(`${name}, another`)]
    const [heard, heardByOther] = [heardUntil(second, undefined), heardUntil(other, groupId)]
    await first.window({ pastEpochs: 1 })
    await heard
    await beside.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
    expect(await heardByOther).toEqual([groupId])
    for (const store of [first, second, other, beside]) store.close()
  })

  test('the own listeners get an id of their own', async () => {
    const store = await open()
    const listener = vi.fn()
    store.watch(listener)
    await store.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
    expect(listener.mock.calls).toEqual([[groupId]])
    expect(listener.mock.calls[0]?.[0]).not.toBe(groupId)
    store.close()
  })
})

describe('once it is closed', () => {
  test('it refuses, with the reason, and has told its listeners once', async () => {
    const store = await open()
    const listener = vi.fn()
    store.watch(listener)
    store.close()
    store.close('again')
    await expect(store.groups()).rejects.toMatchObject({ code: 'storage', message: 'the inbox is closed' })
    expect(listener).toHaveBeenCalledOnce()
  })

  test('because another page deleted the database: so it says', async () => {
    const store = await open()
    await resultOf(indexedDB.deleteDatabase(name))
    await expect(store.groups()).rejects.toMatchObject({
      code: 'storage',
      message: 'another page deleted or upgraded the database',
    })
  })

  test('because the browser closed the database: so it says', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const store = await open()
    await store.groups()
    const [made] = transaction.mock.results
    made?.value.db.onclose?.(new Event('close'))
    await expect(store.groups()).rejects.toMatchObject({
      code: 'storage',
      message: 'the browser closed the database',
    })
  })

  test('what was under way is committed', async () => {
    const store = await open()
    const changing = store.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
    store.close()
    await changing
    const again = await open()
    expect(await again.groups()).toEqual([groupOf(groupId, [7n])])
    again.close()
  })
})

test('a page that comes back may have missed every change, until the store is closed', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const store = await open()
  const listener = vi.fn()
  store.watch(listener)
  page.dispatchEvent(new Event('pageshow'))
  expect(listener.mock.calls).toEqual([[undefined]])
  store.close()
  listener.mockClear()
  page.dispatchEvent(new Event('pageshow'))
  expect(listener).not.toHaveBeenCalled()
})

test('a mark that cannot be written leaves the message unmarked, in memory too', async () => {
  const store = await open()
  await store.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
  const note = noteOf(groupId, 7n)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value,
  ) {
    this.add(value, 'a key')
    return this.add(value, 'a key')
  })
  await expect(store.note([note])).rejects.toMatchObject({ name: 'ConstraintError' })
  put.mockRestore()
  expect(await store.note([note])).toEqual(['new'])
  expect(await store.note([note])).toEqual(['seen'])
  store.close()
})

describe.skipIf(isPeculiar)('records and marks', () => {
  test('epochs are entered strictly, marks as the options say', async () => {
    const store = await IdbStore.open({ name, durability: 'default' })
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await store.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
    await store.note([noteOf(groupId, 7n)])
    await store.window({ pastEpochs: 1 })
    await store.read(groupId)
    expect(transaction.mock.calls.map(([, mode, options]) => [mode, options?.durability])).toEqual([
      ['readwrite', 'strict'],
      ['readwrite', 'default'],
      ['readwrite', 'relaxed'],
      ['readonly', 'relaxed'],
    ])
    store.close()
  })

  const lost = { kind: 'key', key: null }
  const there = { kind: 'key', key: 'here' }

  /** Enters an epoch with these secrets; without any, its record is lost. */
  async function enteredWith(store: IdbStore, secrets: unknown): Promise<void> {
    const record = await makeRecord(groupId, 7n)
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      return put.call(this, this.name !== 'records' ? value : secrets && { ...value, secrets }, key)
    })
    await store.change(groupId, entering(record, groupOf(groupId, [7n])))
  }

  test.each([
    ['a key', { encryptionPrivateKey: lost }],
    ['a secret', { encryptionPrivateKey: null }],
    ['one of several', { signaturePrivateKey: lost, encryptionPrivateKey: there }],
    ['the record', undefined],
  ])('what the browser does not give back is refused, and nothing is stored: %s', async (_, secrets) => {
    const store = await open()
    await expect(enteredWith(store, secrets)).rejects.toMatchObject({
      code: 'storage',
      message: 'this browser did not give back the keys that it stored',
    })
    expect(await store.groups()).toEqual([])
    store.close()
  })

  test('what it gives back is stored', async () => {
    const store = await open()
    await enteredWith(store, { signaturePrivateKey: there, encryptionPrivateKey: there })
    expect(await store.groups()).toEqual([groupOf(groupId, [7n])])
    store.close()
  })

  /** The sequence numbers of the log's records. */
  async function sequences(): Promise<number[]> {
    const database = await resultOf(indexedDB.open(name))
    const records = await resultOf(database.transaction('marks').objectStore('marks').getAll())
    database.close()
    return records.map(({ sequence }) => sequence)
  }

  test('a log of small records is merged, and none of them stays', async () => {
    const store = await open()
    await store.change(groupId, entering(await makeRecord(groupId, 7n), groupOf(groupId, [7n])))
    const notes = Array.from({ length: 65 }, () => noteOf(groupId, 7n))
    for (const note of notes.slice(0, 64)) await store.note([note])
    expect(await sequences()).toEqual(Array.from({ length: 64 }, (_, i) => i + 1))
    await store.note(notes.slice(64))
    expect(await sequences()).toEqual([65])
    store.close()
    const again = await open()
    expect(await again.note(notes)).toEqual(notes.map(() => 'seen'))
    again.close()
  })

  test('a mark is one write, and is committed at once; the engine commits what merges the log', async () => {
    const store = await open()
    await store.change(groupId, () => ({ group: groupOf(groupId, [7n]) }))
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
    for (let i = 0; i < 64; i++) await store.note([noteOf(groupId, 7n)])
    expect(commit).toHaveBeenCalledTimes(64)
    await store.note([noteOf(groupId, 7n)])
    expect(commit).toHaveBeenCalledTimes(64)
    store.close()
  })

  test('the logs of 16 epochs are kept in memory; the 17th empties it', async () => {
    const store = await open()
    const epochs = Array.from({ length: 17 }, (_, i) => BigInt(17 - i))
    await store.change(groupId, () => ({ group: groupOf(groupId, epochs) }))
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll')
    const read = async (epoch: bigint): Promise<number> => {
      getAll.mockClear()
      await store.note([noteOf(groupId, epoch)])
      return getAll.mock.results.flatMap(({ value }) => value.result).length
    }
    for (const epoch of epochs.slice(0, 16)) expect(await read(epoch)).toBe(0)
    // From memory: nothing is new to it.
    expect(await read(17n)).toBe(0)
    // With the 17th, memory is emptied.
    expect(await read(1n)).toBe(0)
    expect(await read(17n)).toBe(2)
    store.close()
  })
})
