import { STORES, type Stores, storesOf } from './idb-database.js'
import { completionOf } from './idb-requests.js'

/** Runs the transactions of a database, and aborts those that are under way when the user leaves the page. */
export class IdbTransactions {
  readonly #database: IDBDatabase
  readonly #running = new Set<IDBTransaction>()
  #isClosed = false

  constructor(database: IDBDatabase) {
    this.#database = database
    // One listener for all transactions, because Chromium tells another process whenever a page starts or stops listening.
    globalThis.addEventListener?.('pagehide', this.#onPageHide)
  }

  /** Runs `action` in a transaction. What it writes is committed when this resolves, and undone when this throws. */
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
      if (this.#isClosed) this.close()
    }
    done.then(ended, ended)
    let writes = 0
    let failure: DOMException | null = null
    const onWrite = (request: IDBRequest): void => {
      writes++
      request.onerror = () => {
        failure ??= request.error
      }
    }
    try {
      const result = await action(storesOf(transaction, onWrite))
      // Nothing was written, and Chromium takes another millisecond to complete.
      if (mode === 'readonly') return result
      // Without this the engine reports the write to the page first, and commits only after the page's turn. Not after several
      // writes: if one of them fails now, Firefox commits the others.
      if (writes < 2) transaction.commit()
      await done
      if (failure) throw failure
      return result
    } catch (error) {
      abort(transaction)
      // If a write failed, what was waited for knows only that the transaction was aborted.
      throw failure ?? error
    }
  }

  /** Closes the database. What is under way goes on, and is listened for until it has ended. */
  close(): void {
    this.#isClosed = true
    this.#database.close()
    if (this.#running.size === 0) globalThis.removeEventListener?.('pagehide', this.#onPageHide)
  }

  /** WebKit suspends a page even in the middle of a transaction, and other pages then wait for it to end. */
  readonly #onPageHide = (): void => this.#running.forEach(abort)
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended, or is being committed.
  }
}
