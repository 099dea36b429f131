import { STORES, type Stores, storesOf } from './idb-database.js'
import { completionOf } from './idb-requests.js'

/** Runs the transactions of a database. What is under way when the user leaves the page is undone. */
export class IdbTransactions {
  readonly #database: IDBDatabase
  readonly #running = new Set<IDBTransaction>()
  #isClosed = false

  constructor(database: IDBDatabase) {
    this.#database = database
    // Once for all, because Chromium tells another process whenever a page begins or ends to listen to this.
    globalThis.addEventListener?.('pagehide', this.#onPageHide)
  }

  /** Runs `action` in a transaction, which is committed when this resolves, and undone when this throws. */
  async run<T>(
    action: (stores: Stores) => Promise<T>,
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
  ): Promise<T> {
    const transaction = this.#database.transaction(STORES, mode, { durability })
    this.#running.add(transaction)
    const done = completionOf(transaction)
    const ended = (): void => {
      this.#running.delete(transaction)
      this.#letGo()
    }
    done.then(ended, ended)
    try {
      const result = await action(storesOf(transaction))
      // Nothing was written, and Chromium takes another millisecond to complete.
      if (mode === 'readonly') return result
      // Otherwise the engine tells the page that all is written, and commits when the page has had its turn.
      transaction.commit()
      await done
      return result
    } catch (error) {
      abort(transaction)
      // If a write failed, what was waited for says only that the transaction was aborted.
      throw transaction.error ?? error
    }
  }

  /** Closes the database. What is under way goes on. */
  close(): void {
    this.#isClosed = true
    this.#database.close()
    this.#letGo()
  }

  /** WebKit suspends a page even in the middle of a transaction, and other pages then wait for it to end. */
  readonly #onPageHide = (): void => this.#running.forEach(abort)

  #letGo(): void {
    if (this.#isClosed && this.#running.size === 0) {
      globalThis.removeEventListener?.('pagehide', this.#onPageHide)
    }
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has already ended.
  }
}
