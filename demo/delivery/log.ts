/** An append-only log that all tabs of an origin share. IndexedDB numbers the entries, and so decides on the order. */

import type { IDBPObjectStore } from 'idb'
import { afterCleanup, endsWithPage } from '../storage/transaction.js'
import type { Delivery, Parcel, Posted, Subscriber } from './delivery-service.js'
import { LogDatabase, type LogSchema } from './log-database.js'

/** Entries that are read at a time, so that a reader that is far behind does not hold everything in memory. */
const batch = 64

/** Milliseconds. */
const retryAfter = 500

export interface Reader {
  /** Where it starts: after this entry, or at the first. */
  readonly cursor: string | undefined
  readonly subscriber: Subscriber
  readonly stopped: AbortSignal
}

type WriteEntry = (
  store: Pick<IDBPObjectStore<LogSchema, ['entries'], 'entries', 'readwrite'>, 'add' | 'put'>,
  entry: Posted,
  place: number | undefined,
) => number | Promise<number>

export class Log {
  readonly #database: LogDatabase
  /** BroadcastChannel only says that there is something new, so a missed notice only costs time. */
  readonly #others: BroadcastChannel
  readonly #bell = new EventTarget()
  readonly #closed = new AbortController()
  readonly #ring = (): void => {
    this.#bell.dispatchEvent(new Event('ring'))
  }

  constructor(name: string) {
    this.#database = new LogDatabase(name)
    this.#others = new BroadcastChannel(name)
    const { signal } = this.#closed
    this.#others.addEventListener('message', this.#ring, { signal })
    signal.addEventListener('abort', this.#ring)
  }

  /** Ignores an entry that is already there. */
  append(entries: readonly Posted[]): Promise<void> {
    return this.#write(entries, (store, entry, place) => place ?? store.add(entry))
  }

  /** Like {@link append}, but an entry with the same id is replaced in its position. */
  put(entries: readonly Posted[]): Promise<void> {
    return this.#write(entries, (store, entry, place) => store.put(entry, place))
  }

  async latest(limit: number): Promise<readonly Parcel[]> {
    const { store } = await this.#entries('readonly')
    const parcels: Parcel[] = []
    for (
      let at = await store.openCursor(null, 'prev');
      at && parcels.length < limit;
      at = await at.continue()
    ) {
      parcels.unshift({ ...at.value, cursor: String(at.key) })
    }
    return parcels
  }

  async remove(id: string): Promise<void> {
    const { store, done } = await this.#entries('readwrite')
    const place = await store.index('id').getKey(id)
    if (place !== undefined) await store.delete(place)
    await done
  }

  async entries(): Promise<readonly Posted[]> {
    return (await this.#entries('readonly')).store.getAll()
  }

  /** A name for this browser, the same each time. */
  async clientId(): Promise<string> {
    const database = await this.#database.open()
    const { store, done } = endsWithPage(database.transaction('facts', 'readwrite'))
    const id = (await store.get('clientId')) ?? crypto.randomUUID()
    await Promise.all([store.put(id, 'clientId'), done])
    return id
  }

  async hasBegun(): Promise<boolean> {
    const database = await this.#database.open()
    return (await endsWithPage(database.transaction('facts')).store.get('begun')) !== undefined
  }

  /** Puts earlier entries in front, once. Until then nobody reads, so the order may still change. */
  async begin(history: readonly Posted[]): Promise<void> {
    const database = await this.#database.open()
    const transaction = endsWithPage(database.transaction(['entries', 'facts'], 'readwrite'))
    const entries = transaction.objectStore('entries')
    const since = await entries.getAll()
    const known = new Set(since.map(({ id }) => id))
    await entries.clear()
    for (const entry of [...history.filter(({ id }) => !known.has(id)), ...since]) await entries.add(entry)
    await Promise.all([transaction.objectStore('facts').put('', 'begun'), transaction.done])
    this.#tell()
  }

  /** Resolves in every tab, whichever one began. */
  async begun(stopped: AbortSignal): Promise<void> {
    for (;;) {
      const rung = this.#rung()
      if (stopped.aborted || this.#closed.signal.aborted || (await this.hasBegun())) return
      await rung
    }
  }

  /** Runs until stopped. */
  async read({ cursor, subscriber, stopped }: Reader): Promise<void> {
    stopped.addEventListener('abort', this.#ring)
    const isOver = (): boolean => stopped.aborted || this.#closed.signal.aborted
    let last = cursor
    for (let isFirst = true; !isOver(); isFirst = false) {
      // Before the log is read, so that no entry is missed in between.
      const rung = this.#rung()
      const { parcels, remaining } = await this.#after(last).catch(() => this.#nothingYet())
      if (isOver()) return
      if (isFirst || parcels.length > 0) await subscriber({ parcels, remaining })
      last = parcels.at(-1)?.cursor ?? last
      if (parcels.length === 0) await rung
    }
  }

  async close(): Promise<void> {
    this.#closed.abort()
    this.#others.close()
    await this.#database.close()
  }

  /** In one transaction. `place` is where an entry of that id is. */
  async #write(entries: readonly Posted[], write: WriteEntry): Promise<void> {
    await afterCleanup(async () => {
      const { store, done } = await this.#entries('readwrite')
      for (const entry of entries) await write(store, entry, await store.index('id').getKey(entry.id))
      await done
    })
    this.#tell()
  }

  #tell(): void {
    this.#ring()
    if (!this.#closed.signal.aborted) this.#others.postMessage('')
  }

  #rung(): Promise<Event> {
    return new Promise((resolve) => this.#bell.addEventListener('ring', resolve, { once: true }))
  }

  async #entries<Mode extends IDBTransactionMode>(mode: Mode) {
    return endsWithPage((await this.#database.open()).transaction('entries', mode))
  }

  /** Nothing, because the database was closed: engines do that when they delete a site's data. It is opened again. */
  async #nothingYet(): Promise<Delivery> {
    setTimeout(this.#ring, retryAfter)
    return { parcels: [], remaining: 0 }
  }

  async #after(cursor: string | undefined): Promise<Delivery> {
    const range = cursor === undefined ? null : IDBKeyRange.lowerBound(Number(cursor), true)
    const { store, done } = await this.#entries('readonly')
    const [keys, values, count] = await Promise.all([
      store.getAllKeys(range, batch),
      store.getAll(range, batch),
      store.count(range),
      done,
    ])
    const parcels = values.map((posted, index) => ({ ...posted, cursor: String(keys[index]) }))
    return { parcels, remaining: count - parcels.length }
  }
}
