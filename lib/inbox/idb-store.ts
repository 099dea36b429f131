import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt, fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encode, opaque, uint16, uint64 } from '../tls/writer.js'
import { addMark, bucketOf } from './marks.js'
import type { GroupChange, InboxStore, KeptEpoch, KeptGroup, MarkOutcome } from './store.js'

/**
 * Every key is one byte string. With arrays that have byte strings in them, WebKit misreads the keys that it stored, and
 * to delete a range of them does nothing and says it did.
 */
interface Schema extends DBSchema {
  /** By group id. */
  groups: { key: Bytes; value: KeptGroup }
  /** By {@link recordKey}. */
  records: { key: Bytes; value: GroupEpochRecord }
  /** By {@link markKey}. */
  marks: { key: Bytes; value: Bytes }
}

type StoreName = 'groups' | 'records' | 'marks'
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, StoreName[], Mode>

const VERSION = 1

const STORES: StoreName[] = ['groups', 'records', 'marks']

/** Keeps everything in an IndexedDB database, which tabs and workers of the origin share. */
export class IdbStore implements InboxStore {
  readonly #database: IDBPDatabase<Schema>
  #closed: string | undefined

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
  }

  /** Throws `storage` where the database cannot be opened, or a page with an older version of it does not let go. */
  static open(name: string): Promise<IdbStore> {
    return attempt('storage', `the database ${name} cannot be opened`, async () => {
      try {
        return await IdbStore.#connect(name)
      } catch (error) {
        if (!(await isStillborn(name, error))) throw error
        // Opening waits for it.
        indexedDB.deleteDatabase(name)
        return IdbStore.#connect(name)
      }
    })
  }

  static #connect(name: string): Promise<IdbStore> {
    return new Promise((resolve, reject) => {
      let store: IdbStore | undefined
      let isLate = false
      openDB<Schema>(name, VERSION, {
        upgrade(database) {
          for (const storeName of STORES) database.createObjectStore(storeName)
        },
        blocked() {
          isLate = true
          reject(fail('storage', `another page holds an older version of ${name} open`))
        },
        // Another page deletes or upgrades the database: whoever stayed would block it for good.
        blocking: () => store?.close('another page deleted or upgraded the database'),
        terminated: () => store?.close('the browser closed the database'),
      }).then((database) => {
        store = new IdbStore(database)
        // Nobody waits for it any more, and it is not to stay open unused.
        if (isLate) store.close()
        resolve(store)
      }, reject)
    })
  }

  epochs(groupId: Bytes): Promise<readonly KeptEpoch[]> {
    return this.#within(
      'readonly',
      async (transaction) => (await transaction.objectStore('groups').get(groupId))?.epochs ?? [],
    )
  }

  record(groupId: Bytes, epoch: bigint): Promise<GroupEpochRecord | undefined> {
    return this.#within('readonly', (transaction) =>
      transaction.objectStore('records').get(recordKey(groupId, epoch)),
    )
  }

  change(groupId: Bytes, decide: (epochs: readonly KeptEpoch[]) => GroupChange): Promise<void> {
    const change = async (transaction: Transaction<'readwrite'>): Promise<void> => {
      const groups = transaction.objectStore('groups')
      const records = transaction.objectStore('records')
      const before = (await groups.get(groupId))?.epochs ?? []
      const { epochs, record } = decide(before)
      const gone = before.filter(({ epoch }) => !epochs.some((kept) => kept.epoch === epoch))
      await Promise.all([
        epochs.length === 0 ? groups.delete(groupId) : groups.put({ groupId, epochs }, groupId),
        ...gone.map(({ epoch }) => records.delete(recordKey(groupId, epoch))),
        ...gone.map(({ epoch }) => transaction.objectStore('marks').delete(marksOf(groupId, epoch))),
      ])
      if (!record) return
      const key = recordKey(groupId, record.epoch)
      await records.put(record, key)
      checkReadBack(await records.get(key))
    }
    // Strict, so that keys that went do not come back after a loss of power.
    return this.#within('readwrite', change, { durability: 'strict' })
  }

  mark(groupId: Bytes, epoch: bigint, digest: Bytes): Promise<MarkOutcome> {
    return this.#within('readwrite', async (transaction) => {
      const marks = transaction.objectStore('marks')
      const key = markKey(groupId, epoch, bucketOf(digest))
      const [group, before] = await Promise.all([
        transaction.objectStore('groups').get(groupId),
        marks.get(key),
      ])
      if (!group?.epochs.some((kept) => kept.epoch === epoch)) return 'gone'
      const bucket = addMark(before, digest)
      if (!bucket) return 'seen'
      await marks.put(bucket, key)
      return 'new'
    })
  }

  groups(): Promise<readonly KeptGroup[]> {
    return this.#within('readonly', (transaction) => transaction.objectStore('groups').getAll())
  }

  close(why = 'the inbox is closed'): void {
    this.#closed ??= why
    this.#database.close()
  }

  /** Runs `action` in a transaction. What it wrote is kept when this resolves, and undone when this throws. */
  async #within<T, Mode extends IDBTransactionMode>(
    mode: Mode,
    action: (transaction: Transaction<Mode>) => Promise<T>,
    options?: IDBTransactionOptions,
  ): Promise<T> {
    if (this.#closed) throw fail('storage', this.#closed)
    const transaction = this.#database.transaction(STORES, mode, options)
    const abort = (): void => {
      try {
        transaction.abort()
      } catch {
        // It has ended by itself.
      }
    }
    // WebKit puts a page away in the midst of a transaction, and what other pages do waits for it to end.
    globalThis.addEventListener?.('pagehide', abort)
    const ended = (): void => globalThis.removeEventListener?.('pagehide', abort)
    transaction.done.then(ended, ended)
    try {
      const result = await action(transaction)
      // What was read is right already, and Chromium takes another millisecond to end.
      if (mode === 'readwrite') await transaction.done
      return result
    } catch (error) {
      abort()
      throw error
    }
  }
}

/**
 * Whether the browser was killed in the moment in which it created the database. WebKit then leaves a file that has not
 * got its name yet, and nothing else; it can never be opened, but deleted.
 */
async function isStillborn(name: string, error: unknown): Promise<boolean> {
  if (!(error instanceof DOMException && error.name === 'UnknownError')) return false
  const databases = await indexedDB.databases()
  return databases.every((database) => database.name !== name)
}

/** The lengths before group ids keep one group's keys apart from another's. */
const recordKey = (groupId: Bytes, epoch: bigint): Bytes => encode(opaque(groupId), uint64(epoch))

const markKey = (groupId: Bytes, epoch: bigint, bucket: number): Bytes =>
  encode(opaque(groupId), uint64(epoch), uint16(bucket))

/** All buckets of an epoch. */
const marksOf = (groupId: Bytes, epoch: bigint): IDBKeyRange =>
  IDBKeyRange.bound(markKey(groupId, epoch, 0), markKey(groupId, epoch, 0xffff))

/** WebKit stores X25519 private keys without a complaint and gives nothing back. */
function checkReadBack(record: GroupEpochRecord | undefined): void {
  const keys = Object.values(record?.secrets ?? {}).map((secret) =>
    secret && 'key' in secret ? secret.key : secret,
  )
  if (keys.length > 0 && !keys.includes(null)) return
  throw fail('storage', 'this browser does not give back the keys that it stored')
}
