import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt, fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { resultOf } from './idb-requests.js'
import type { LogRecord } from './mark-log.js'
import type { InboxWindow, KeptGroup } from './store.js'

/**
 * The object stores and what they hold. Every key is one byte string. If keys are arrays with byte strings in them, WebKit
 * misreads stored keys, and deleting a range of them reports success but does nothing.
 */
export interface Schema {
  /** One record, under the key of the empty group id. */
  settings: InboxWindow
  /** By group id. */
  groups: KeptGroup
  /** By group id and epoch. */
  records: GroupEpochRecord
  /** By group id, epoch and sequence number. */
  marks: LogRecord
}

export const STORES = ['settings', 'groups', 'records', 'marks'] as const satisfies (keyof Schema)[]

/** An object store of the database in a transaction, which fails as a whole if a write fails. */
export interface TypedStore<Value> {
  get(key: Bytes): Promise<Value | undefined>
  getAll(range?: IDBKeyRange): Promise<Value[]>
  put(value: Value, key: Bytes): void
  delete(key: Bytes | IDBKeyRange): void
}

/** The object stores of a transaction. */
export type Stores = { readonly [Name in keyof Schema]: TypedStore<Schema[Name]> }

/** Each request that writes goes to `onWrite`. */
export const storesOf = (transaction: IDBTransaction, onWrite: (request: IDBRequest) => void): Stores => {
  const typed = <Name extends keyof Schema>(name: Name): TypedStore<Schema[Name]> => {
    const store = transaction.objectStore(name)
    return {
      get: (key) => resultOf(store.get(key)),
      getAll: (range) => resultOf(store.getAll(range)),
      put: (value, key) => onWrite(store.put(value, key)),
      delete: (key) => onWrite(store.delete(key)),
    }
  }
  return {
    settings: typed('settings'),
    groups: typed('groups'),
    records: typed('records'),
    marks: typed('marks'),
  }
}

/** Of the database format; another version is refused. */
const VERSION = 2

/** How long to wait before trying again to open a database; in milliseconds. */
const PAUSE = 500

/**
 * Opens or creates the database. Throws `storage` if it cannot be opened, has another format, or is still open in a page with an
 * older version of it.
 */
export const openDatabase = (name: string): Promise<IDBDatabase> =>
  attempt('storage', `the database ${name} cannot be opened`, async () => {
    if (!globalThis.indexedDB) {
      throw fail('storage', 'there is no IndexedDB here: open the inbox with a store of your own instead')
    }
    return connect(name).catch(async (error: unknown) => {
      if (!isUnknown(error)) throw error
      // The error may be temporary, and deleting a database that could be opened later would be worse than waiting.
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
      return connect(name).catch(async (again: unknown) => {
        if (!isUnknown(again) || !(await isNameless(name))) throw again
        // Opening waits until it is deleted.
        indexedDB.deleteDatabase(name)
        return connect(name)
      })
    })
  })

function connect(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION)
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => reject(fail('storage', `the database ${name} ${why}`))
    // What blocks is always an older version: once it lets go, the upgrade is refused as well.
    request.onblocked = () => refuse('is open in another page, with an older version of this library')
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion === 0) for (const store of STORES) request.result.createObjectStore(store)
      else {
        refuse('was made by an older version of this library: delete it')
        // Leaves the database as it was.
        request.transaction?.abort()
      }
    }
    resultOf(request).then(resolve, reject)
  })
}

const isUnknown = (error: unknown): boolean => error instanceof DOMException && error.name === 'UnknownError'

/**
 * Whether the browser was killed while it was creating the database. WebKit then leaves a file without a name and without
 * contents, which can never be opened but can be deleted.
 */
const isNameless = async (name: string): Promise<boolean> =>
  (await indexedDB.databases()).every((database) => database.name !== name)
