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

/**
 * After a disk was full, Firefox gives one transaction in which only deletes are allowed, to make room; it refuses all
 * else. The next is as ever.
 */
export async function afterCleanup<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return write()
    throw error
  }
}
