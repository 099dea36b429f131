/** IndexedDB in a page that the user may leave at any moment. */

interface Transaction {
  readonly done: Promise<void>
  abort(): void
}

/** Undoes the transaction when the page is left: WebKit would put it away with the page, and other pages wait for its end. */
export function endsWithPage<T extends Transaction>(transaction: T): T {
  const abort = (): void => {
    try {
      transaction.abort()
    } catch {
      // It is about to end by itself.
    }
  }
  const over = (): void => removeEventListener('pagehide', abort)
  addEventListener('pagehide', abort)
  transaction.done.then(over, over)
  return transaction
}
