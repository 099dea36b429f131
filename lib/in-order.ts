/** Maps with at most `concurrency` calls at a time. Yields in the order of the items, and holds no further results. */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const pending: Promise<R>[] = []
  for (const item of items) {
    const result = map(item)
    // Awaited below, unless an earlier one fails or the caller stops: then a rejection must not be reported as unhandled.
    result.catch(() => {})
    pending.push(result)
    if (pending.length < concurrency) continue
    const [first] = pending.splice(0, 1)
    if (first) yield first
  }
  // Not `yield* pending`: WebKit never goes on after a promise in it that is rejected.
  for (const result of pending) yield result
}
