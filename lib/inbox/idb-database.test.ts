import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDatabase, STORES } from './idb-database.js'
import { resultOf } from './idb-requests.js'

let databases = 0
let name: string
beforeEach(() => {
  name = `database ${databases++}`
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const versionOf = async (): Promise<number | undefined> =>
  (await indexedDB.databases()).find((database) => database.name === name)?.version

describe('a database of this format', () => {
  test('has the object stores, and is opened again with what it holds', async () => {
    const first = await openDatabase(name)
    expect([...first.objectStoreNames].sort()).toEqual([...STORES].sort())
    await resultOf(first.transaction('groups', 'readwrite').objectStore('groups').put('kept', 'key'))
    first.close()
    const second = await openDatabase(name)
    expect(await resultOf(second.transaction('groups').objectStore('groups').get('key'))).toBe('kept')
    second.close()
  })
})

describe('a database of another format is refused, and stays as it was', () => {
  const older = () => resultOf(indexedDB.open(name, 1))

  test('of an older format', async () => {
    ;(await older()).close()
    await expect(openDatabase(name)).rejects.toMatchObject({
      code: 'storage',
      message: `the database ${name} was made by an older version of this library: delete it`,
    })
    expect(await versionOf()).toBe(1)
    const left = await older()
    expect([...left.objectStoreNames]).toEqual([])
    left.close()
  })

  test('of an older format that is open, also when it is closed later', async () => {
    const held = await older()
    await expect(openDatabase(name)).rejects.toMatchObject({
      code: 'storage',
      message: `the database ${name} is open in another page, with an older version of this library`,
    })
    held.close()
    const left = await older()
    expect(left.version).toBe(1)
    left.close()
  })

  test('of a newer format: with the reason', async () => {
    ;(await resultOf(indexedDB.open(name, 1_000))).close()
    await expect(openDatabase(name)).rejects.toMatchObject({
      code: 'storage',
      message: `the database ${name} cannot be opened`,
      cause: { name: 'VersionError' },
    })
    expect(await versionOf()).toBe(1_000)
  })
})

test('where there is no IndexedDB', async () => {
  vi.stubGlobal('indexedDB', undefined)
  await expect(openDatabase(name)).rejects.toMatchObject({
    code: 'storage',
    message: 'there is no IndexedDB here: open the inbox with a store of your own instead',
  })
})

describe('a database that fails to open', () => {
  const open = indexedDB.open.bind(indexedDB)
  const remove = indexedDB.deleteDatabase.bind(indexedDB)

  /** Opening fails with these errors in turn, and then is real again. */
  function failing(...errors: readonly string[]) {
    const spy = vi.spyOn(indexedDB, 'open')
    for (const error of errors) {
      spy.mockImplementationOnce(() =>
        Object.defineProperties(open(`other ${databases++}`), {
          onsuccess: { set: () => undefined },
          onerror: { set: (report: () => void) => queueMicrotask(report) },
          error: { value: new DOMException('Attempt to open it failed', error) },
        }),
      )
    }
    return { opened: spy, deleted: vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(remove) }
  }

  test('for an unknown reason is opened once more, and is not deleted', async () => {
    ;(await openDatabase(name)).close()
    const { opened, deleted } = failing('UnknownError')
    ;(await openDatabase(name)).close()
    expect(opened).toHaveBeenCalledTimes(2)
    expect(deleted).not.toHaveBeenCalled()
  })

  test('again, and has a name: stays, with the reason', async () => {
    ;(await openDatabase(name)).close()
    ;(await openDatabase(`other ${name}`)).close()
    const { opened, deleted } = failing('UnknownError', 'UnknownError')
    await expect(openDatabase(name)).rejects.toMatchObject({
      code: 'storage',
      cause: { name: 'UnknownError' },
    })
    expect(opened).toHaveBeenCalledTimes(2)
    expect(deleted).not.toHaveBeenCalled()
  })

  test('again, and is nameless, as WebKit leaves it when it is killed: is made anew', async () => {
    const { opened, deleted } = failing('UnknownError', 'UnknownError')
    ;(await openDatabase(name)).close()
    expect(opened).toHaveBeenCalledTimes(3)
    expect(deleted.mock.calls).toEqual([[name]])
  })

  test('for a known reason is not deleted, at the first attempt or the second', async () => {
    const { opened, deleted } = failing('QuotaExceededError')
    await expect(openDatabase(name)).rejects.toMatchObject({
      code: 'storage',
      cause: { name: 'QuotaExceededError' },
    })
    expect(opened).toHaveBeenCalledTimes(1)
    opened.mockClear()
    failing('UnknownError', 'QuotaExceededError')
    await expect(openDatabase(name)).rejects.toMatchObject({ cause: { name: 'QuotaExceededError' } })
    expect(opened).toHaveBeenCalledTimes(2)
    expect(deleted).not.toHaveBeenCalled()
  })
})
