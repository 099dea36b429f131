/** Many at a time, but stored in order. */

/** Opened at the same time: they share the transactions of the inbox and of the ledger. */
const together = 32

/**
 * How long an item waits for those before it, in milliseconds. If the same message is among the items twice, it would wait
 * for itself: the inbox lets one of the two go first, and that may be the second.
 */
const patience = 1_000

/** Begins to store when all earlier items have begun, so that the ledger has them in order. */
type Stored = (store: () => Promise<void>) => Promise<void>

/** `work` stores each item once. After an error it begins no further items, and rejects when those that were begun have ended. */
export async function inTheirOrder<T>(
  items: readonly T[],
  work: (item: T, stored: Stored) => Promise<void>,
): Promise<void> {
  const next = items.values()
  let last: Promise<void> = Promise.resolve()
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown): never => {
    failure ??= { error }
    throw error
  }
  const worker = async (): Promise<void> => {
    for (const item of next) {
      if (failure) return
      const before = last
      let letPass = (): void => {}
      last = new Promise((resolve) => {
        letPass = resolve
      })
      const stored: Stored = async (store) => {
        await Promise.race([before, new Promise((resolve) => setTimeout(resolve, patience))])
        // What is behind an item that could not be stored must not overtake it.
        if (failure) throw failure.error
        const storing = store()
        letPass()
        await storing.catch(fail)
      }
      try {
        await work(item, stored)
      } catch (error) {
        fail(error)
      } finally {
        letPass()
      }
    }
  }
  await allEnded(Array.from({ length: together }, worker))
}

/** Rejects with the first error, once all have ended, so that none of them interferes with the next attempt. */
export async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) {
    if (outcome.status === 'rejected') throw outcome.reason
  }
}
