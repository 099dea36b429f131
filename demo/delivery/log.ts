/** An append-only log that all tabs of an origin share. IndexedDB numbers the entries, and so decides on the order. */

import { endsWithPage } from '../transaction.js'
import type { Parcel } from './delivery-service.js'
import { type Entry, LogDatabase } from './log-database.js'

/** A reader that is far behind does not hold everything in memory. */
const batch = 64

export interface Reader {
  /** Where it starts: after this entry, or at the first. */
  readonly cursor: string | undefined
  /** Awaited before the next entry. */
  readonly handler: (parcel: Parcel) => Promise<void>
  readonly stopped: AbortSignal
}

export class Log {
  readonly #database: LogDatabase
  /** BroadcastChannel tells that there is something new, and not what: a bell that is missed costs time only. */
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

  /** Does nothing with an entry that it has. */
  async append(entry: Entry): Promise<void> {
    const { store, done } = await this.#entries('readwrite')
    if ((await store.index('id').getKey(entry.id)) === undefined) await store.add(entry)
    await done
    this.#tell()
  }

  async remove(cursor: string): Promise<void> {
    const { store, done } = await this.#entries('readwrite')
    await Promise.all([store.delete(Number(cursor)), done])
  }

  /** The numbers go on: a cursor from before is older than all that comes. */
  async clear(): Promise<void> {
    const { store, done } = await this.#entries('readwrite')
    await Promise.all([store.clear(), done])
  }

  async entries(): Promise<readonly Entry[]> {
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

  /** Puts what was there before in front, once. Until then nobody reads, so that the order may still change. */
  async begin(history: readonly Entry[]): Promise<void> {
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

  /** Resolves in any tab, whichever began. */
  async begun(stopped: AbortSignal): Promise<void> {
    for (;;) {
      const rung = this.#rung()
      if (stopped.aborted || this.#closed.signal.aborted || (await this.hasBegun())) return
      await rung
    }
  }

  /** Runs until stopped; rejects with what the handler rejects with. */
  async read({ cursor, handler, stopped }: Reader): Promise<void> {
    stopped.addEventListener('abort', this.#ring)
    const isOver = (): boolean => stopped.aborted || this.#closed.signal.aborted
    let last = cursor
    while (!isOver()) {
      // Before the log is read: what is appended in between rings.
      const rung = this.#rung()
      const parcels = await this.#after(last)
      for (const parcel of parcels) {
        if (isOver()) return
        await handler(parcel)
        last = parcel.cursor
      }
      if (parcels.length === 0) await rung
    }
  }

  async close(): Promise<void> {
    this.#closed.abort()
    this.#others.close()
    await this.#database.close()
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

  async #after(cursor: string | undefined): Promise<readonly Parcel[]> {
    const range = cursor === undefined ? null : IDBKeyRange.lowerBound(Number(cursor), true)
    const { store, done } = await this.#entries('readonly')
    const [keys, values] = await Promise.all([
      store.getAllKeys(range, batch),
      store.getAll(range, batch),
      done,
    ])
    return values.map(({ bytes }, index) => ({ cursor: String(keys[index]), bytes }))
  }
}
