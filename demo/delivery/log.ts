/** An append-only log that all tabs of an origin share. IndexedDB numbers the entries, and so decides on the order. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Parcel } from './delivery-service.js'

interface Schema extends DBSchema {
  /** The key is the place in the order. Transactions that write come one after another, so no entry appears behind a reader. */
  parcels: { key: number; value: Uint8Array }
}

/** A reader that is far behind does not hold everything in memory. */
const batch = 64

export class Log {
  readonly #name: string
  /** BroadcastChannel tells that there is something new, and not what: a bell that is missed costs time only. */
  readonly #others: BroadcastChannel
  readonly #bell = new EventTarget()
  readonly #ring = (): void => {
    this.#bell.dispatchEvent(new Event('ring'))
  }
  readonly #readers = new Set<AbortController>()
  #opened: Promise<IDBPDatabase<Schema>> | undefined

  constructor(name: string) {
    this.#name = name
    this.#others = new BroadcastChannel(name)
    this.#others.addEventListener('message', this.#ring)
    // A page in the back-forward cache hears no bell.
    addEventListener('pageshow', this.#ring)
  }

  async append(bytes: Uint8Array): Promise<void> {
    await (await this.#open()).add('parcels', bytes)
    this.#ring()
    this.#others.postMessage('')
  }

  /** The numbers go on: a cursor from before is older than all that comes. */
  async clear(): Promise<void> {
    await (await this.#open()).clear('parcels')
  }

  follow(cursor: string | undefined, handler: (parcel: Parcel) => Promise<void>): () => void {
    const reader = new AbortController()
    this.#readers.add(reader)
    this.#deliver(cursor, handler, reader.signal).catch(reportError)
    return () => {
      reader.abort()
      this.#readers.delete(reader)
      this.#ring()
    }
  }

  async close(): Promise<void> {
    this.#others.close()
    removeEventListener('pageshow', this.#ring)
    for (const reader of this.#readers) reader.abort()
    this.#ring()
    const opened = await this.#opened
    opened?.close()
  }

  async #deliver(
    cursor: string | undefined,
    handler: (parcel: Parcel) => Promise<void>,
    stopped: AbortSignal,
  ): Promise<void> {
    let last = cursor
    while (!stopped.aborted) {
      // Before the log is read: what is appended in between rings.
      const rung = new Promise((resolve) => this.#bell.addEventListener('ring', resolve, { once: true }))
      const parcels = await this.#after(last)
      for (const parcel of parcels) {
        if (stopped.aborted) return
        await handler(parcel)
        last = parcel.cursor
      }
      if (parcels.length === 0) await rung
    }
  }

  async #after(cursor: string | undefined): Promise<readonly Parcel[]> {
    const range = cursor === undefined ? null : IDBKeyRange.lowerBound(Number(cursor), true)
    const { store, done } = (await this.#open()).transaction('parcels')
    const [keys, values] = await Promise.all([
      store.getAllKeys(range, batch),
      store.getAll(range, batch),
      done,
    ])
    return values.map((bytes, index) => ({ cursor: String(keys[index]), bytes }))
  }

  /** Engines close a database when they delete a site's data, or when their storage process ends. */
  #open(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => {
      this.#opened = undefined
    }
    this.#opened ??= openDB<Schema>(this.#name, 1, {
      upgrade: (created) => void created.createObjectStore('parcels', { autoIncrement: true }),
      blocking: (_, __, event) => {
        forget()
        if (event.target instanceof IDBDatabase) event.target.close()
      },
      terminated: forget,
    })
    return this.#opened
  }
}
