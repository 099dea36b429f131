/** The IndexedDB database of a {@link Log}, opened when it is needed. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Posted } from './delivery-service.js'

export interface LogSchema extends DBSchema {
  /** The key is the position in the order. Writing transactions run one after another, so no entry appears behind a reader. */
  entries: { key: number; value: Posted; indexes: { id: string } }
  /** What a broker is told about this browser. */
  facts: { key: 'clientId' | 'begun'; value: string }
}

export class LogDatabase {
  readonly #name: string
  #opened: Promise<IDBPDatabase<LogSchema>> | undefined

  constructor(name: string) {
    this.#name = name
  }

  /** Opens it again if it was closed: engines do that when they delete a site's data, or when their storage process ends. */
  open(): Promise<IDBPDatabase<LogSchema>> {
    const forget = (): void => {
      this.#opened = undefined
    }
    this.#opened ??= openDB<LogSchema>(this.#name, 1, {
      upgrade: (created) => {
        const entries = created.createObjectStore('entries', { autoIncrement: true })
        entries.createIndex('id', 'id', { unique: true })
        created.createObjectStore('facts')
      },
      blocking: (_, __, event) => {
        forget()
        if (event.target instanceof IDBDatabase) event.target.close()
      },
      terminated: forget,
    })
    return this.#opened
  }

  async close(): Promise<void> {
    const opened = await this.#opened
    opened?.close()
  }
}
