/** Maps with at most `concurrency` calls under way; yields in the order of the items, and holds no more than those. */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const pending: Promise<R>[] = []
  for (const item of items) {
    const result = map(item)
    // Awaited below, unless an earlier one fails or the caller stops; then nobody is to hear of it.
    result.catch(() => {})
    pending.push(result)
    if (pending.length < concurrency) continue
    const [first] = pending.splice(0, 1)
    if (first) yield first
  }
  // Not `yield* pending`: WebKit never goes on after a promise in it that is rejected.
  for (const result of pending) yield result
}
