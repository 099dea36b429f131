/** IndexedDB in a page that the user may leave at any moment. */

interface Transaction {
  readonly done: Promise<void>
  abort(): void
}

/** Aborts the transaction when the page is left. Otherwise WebKit would suspend it with the page, and other pages would wait. */
export function endsWithPage<T extends Transaction>(transaction: T): T {
  const abort = (): void => {
    try {
      transaction.abort()
    } catch {
      // It is already ending.
    }
  }
  const over = (): void => removeEventListener('pagehide', abort)
  addEventListener('pagehide', abort)
  transaction.done.then(over, over)
  return transaction
}
