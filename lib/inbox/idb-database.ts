import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt, fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import type { LogRecord } from './mark-log.js'
import type { InboxWindow, KeptGroup } from './store.js'

/**
 * Every key is one byte string, or text. With arrays that have byte strings in them, WebKit misreads the keys that it
 * stored, and to delete a range of them does nothing and says it did.
 */
export interface Schema extends DBSchema {
  settings: { key: string; value: InboxWindow }
  /** By group id. */
  groups: { key: Bytes; value: KeptGroup }
  /** By group id and epoch. */
  records: { key: Bytes; value: GroupEpochRecord }
  /** By group id, epoch and sequence number. */
  marks: { key: Bytes; value: LogRecord }
}

export type Database = IDBPDatabase<Schema>

/** Of the database's form; another one is refused. */
const VERSION = 2

/** How long to wait before a database that cannot be opened is tried again; in milliseconds. */
const PAUSE = 500

/**
 * Opens the database, or makes it. `onLost` hears why it is closed, once another page or the browser has done that.
 * Throws `storage` where it cannot be opened, has another form, or a page with an older version of it does not let go.
 */
export function openDatabase(name: string, onLost: (why: string) => void): Promise<Database> {
  return attempt('storage', `the database ${name} cannot be opened`, async () => {
    if (!globalThis.indexedDB) {
      throw fail('storage', 'there is no IndexedDB here: open the inbox with a store of your own instead')
    }
    const connectAgain = () => connect(name, onLost)
    return connect(name, onLost).catch(async (error: unknown) => {
      if (!isUnknown(error)) throw error
      // It may pass: to delete what can be opened later would be worse.
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
      return connectAgain().catch(async (again: unknown) => {
        if (!isUnknown(again) || !(await isNameless(name))) throw again
        // Opening waits for it.
        indexedDB.deleteDatabase(name)
        return connectAgain()
      })
    })
  })
}

function connect(name: string, onLost: (why: string) => void): Promise<Database> {
  return new Promise((resolve, reject) => {
    let isLate = false
    let opened: Database | undefined
    const lose = (why: string): void => {
      onLost(why)
      opened?.close()
    }
    openDB<Schema>(name, VERSION, {
      upgrade(database, oldVersion) {
        if (oldVersion > 0) {
          isLate = true
          reject(
            fail(
              'storage',
              `the database ${name} has the form of an older version of this library: delete it`,
            ),
          )
          // Thrown in an upgrade, it leaves the database as it was.
          throw new Error('another form')
        }
        for (const storeName of ['settings', 'groups', 'records', 'marks'] as const) {
          database.createObjectStore(storeName)
        }
      },
      blocked() {
        isLate = true
        reject(fail('storage', `another page holds an older version of ${name} open`))
      },
      // Another page deletes or upgrades the database: whoever stayed would block it for good.
      blocking: () => lose('another page deleted or upgraded the database'),
      terminated: () => lose('the browser closed the database'),
    }).then((database) => {
      opened = database
      // Nobody waits for it any more, and it is not to stay open unused.
      if (isLate) database.close()
      resolve(database)
    }, reject)
  })
}

const isUnknown = (error: unknown): boolean => error instanceof DOMException && error.name === 'UnknownError'

/**
 * Whether the browser was killed in the moment in which it made the database. WebKit then leaves a file that has not got
 * its name yet, and nothing else; it can never be opened, but deleted.
 */
async function isNameless(name: string): Promise<boolean> {
  const databases = await indexedDB.databases()
  return databases.every((database) => database.name !== name)
}
