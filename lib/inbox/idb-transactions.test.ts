import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { groupOf } from './contract/records.js'
import { openDatabase, type Stores } from './idb-database.js'
import { IdbTransactions } from './idb-transactions.js'

let databases = 0
let transactions: IdbTransactions
let page: EventTarget
beforeEach(async () => {
  page = new EventTarget()
  vi.stubGlobal('addEventListener', vi.fn(page.addEventListener.bind(page)))
  vi.stubGlobal('removeEventListener', vi.fn(page.removeEventListener.bind(page)))
  transactions = new IdbTransactions(await openDatabase(`transactions ${databases++}`))
})
afterEach(() => {
  transactions.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const key = Uint8Array.of(1)
const group = groupOf(key, [7n])
const newer = groupOf(key, [8n, 7n])
const put = (kept: typeof group) =>
  transactions.run(
    async ({ groups }) => {
      await groups.get(key)
      groups.put(kept, key)
    },
    'readwrite',
    'relaxed',
  )
const get = () => transactions.run(({ groups }) => groups.get(key), 'readonly', 'relaxed')
/** The events of transactions that have ended come a task later than their results. */
const allEnded = () => new Promise((resolve) => setTimeout(resolve, 10))

describe('a transaction', () => {
  /** Which modes were completed, of the transactions that begin from now on. */
  function watchCompleted(): string[] {
    const completed: string[] = []
    const transaction = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...given: Parameters<typeof transaction>
    ) {
      const made = transaction.apply(this, given)
      made.addEventListener('complete', () => completed.push(made.mode))
      return made
    })
    return completed
  }

  /** What each commit finds: whether the last write is still under way. */
  function watchCommits(): string[] {
    const requests: IDBRequest[] = []
    const commits: string[] = []
    const { put } = IDBObjectStore.prototype
    const { commit } = IDBTransaction.prototype
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      const request = put.apply(this, given)
      requests.push(request)
      return request
    })
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
      commits.push(requests.at(-1)?.readyState ?? 'nothing')
      commit.call(this)
    })
    return commits
  }

  test('that writes once commits before it hears that it has written, and resolves once it is complete', async () => {
    const completed = watchCompleted()
    const commits = watchCommits()
    await put(group)
    expect(completed).toEqual(['readwrite'])
    expect(commits).toEqual(['pending'])
    expect(await get()).toEqual(group)
  })

  test('that writes more leaves the commit to the engine', async () => {
    const completed = watchCompleted()
    const commits = watchCommits()
    const action = async ({ groups, marks }: Stores): Promise<void> => {
      groups.put(group, key)
      marks.delete(key)
    }
    await transactions.run(action, 'readwrite', 'relaxed')
    expect(completed).toEqual(['readwrite'])
    expect(commits).toEqual([])
    expect(await get()).toEqual(group)
  })

  test('that only reads does not wait for its end, and leaves it to the engine', async () => {
    const completed = watchCompleted()
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
    await get()
    expect(completed).toEqual([])
    await allEnded()
    expect(completed).toEqual(['readonly'])
    expect(commit).not.toHaveBeenCalled()
  })

  test('gets the durability that is asked for, and all object stores', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await transactions.run(async () => {}, 'readwrite', 'strict')
    expect(transaction.mock.calls).toEqual([
      [['settings', 'groups', 'records', 'marks'], 'readwrite', { durability: 'strict' }],
    ])
  })

  test('whose action throws is undone', async () => {
    const action = async ({ groups }: Stores): Promise<void> => {
      groups.put(group, key)
      throw new Error('undecided')
    }
    await expect(transactions.run(action, 'readwrite', 'relaxed')).rejects.toThrow('undecided')
    expect(await get()).toBeUndefined()
  })

  describe('with a write that fails is undone, and gives the reason', () => {
    beforeEach(async () => {
      await put(group)
      // What is there cannot be written again.
      const { add } = IDBObjectStore.prototype
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(add)
    })

    test('as its last step', async () => {
      await expect(put(newer)).rejects.toMatchObject({ name: 'ConstraintError' })
      expect(await get()).toEqual(group)
    })

    test('even if the engine does not mind, as Firefox after a commit', async () => {
      const { add } = IDBObjectStore.prototype
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
        const request = add.apply(this, given)
        request.addEventListener('error', (event) => event.preventDefault())
        return request
      })
      const completed = watchCompleted()
      await expect(put(newer)).rejects.toMatchObject({ name: 'ConstraintError' })
      expect(completed).toEqual(['readwrite'])
      expect(await get()).toEqual(group)
    })

    test('before it reads', async () => {
      const change = async ({ groups, marks }: Stores): Promise<void> => {
        groups.put(newer, key)
        await marks.getAll()
      }
      await expect(transactions.run(change, 'readwrite', 'relaxed')).rejects.toMatchObject({
        name: 'ConstraintError',
      })
      expect(await get()).toEqual(group)
    })
  })
})

describe('a page that the user leaves', () => {
  const leave = () => page.dispatchEvent(new Event('pagehide'))

  test('has all its transactions aborted, and blocks no other', async () => {
    const changes = Promise.allSettled([put(group), put(newer)])
    leave()
    const undone = { status: 'rejected', reason: { name: 'AbortError' } }
    expect(await changes).toMatchObject([undone, undone])
    expect(await get()).toBeUndefined()
  })

  test('does not lose what is being committed', async () => {
    const { commit } = IDBTransaction.prototype
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
      commit.call(this)
      leave()
    })
    await put(group)
    expect(await get()).toEqual(group)
  })

  test('has nothing left to abort once its transactions have ended', async () => {
    await put(group)
    await expect(
      transactions.run(() => Promise.reject(new Error('no')), 'readwrite', 'relaxed'),
    ).rejects.toThrow()
    await allEnded()
    const abort = vi.spyOn(IDBTransaction.prototype, 'abort')
    leave()
    expect(abort).not.toHaveBeenCalled()
  })

  test('has aborted, too, what was under way when the database was closed', async () => {
    const changing = put(group)
    transactions.close()
    leave()
    await expect(changing).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('is listened to once, until the database is closed and nothing is under way', async () => {
    await put(group)
    await put(newer)
    expect(addEventListener).toHaveBeenCalledOnce()
    const [given = expect.fail('nobody listens')] = vi.mocked(addEventListener).mock.calls
    const changing = put(group)
    transactions.close()
    expect(removeEventListener).not.toHaveBeenCalledWith(...given)
    await changing
    await allEnded()
    expect(removeEventListener).toHaveBeenCalledWith(...given)
  })
})

test('a closed database finishes what was under way', async () => {
  const name = `transactions ${databases++}`
  const closing = new IdbTransactions(await openDatabase(name))
  const changing = closing.run(async ({ groups }) => groups.put(group, key), 'readwrite', 'relaxed')
  closing.close()
  await changing
  const again = new IdbTransactions(await openDatabase(name))
  expect(await again.run(({ groups }) => groups.get(key), 'readonly', 'relaxed')).toEqual(group)
  again.close()
})
