/** Keeps the values of the `capacity` keys that were used last. Concurrent callers share one computation. */
export class BoundedCache<K, V> {
  readonly #entries = new Map<K, Promise<V>>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: K, compute: () => Promise<V>): Promise<V> {
    const entry = this.#entries.get(key) ?? this.#fresh(key, compute)
    // A Map iterates in insertion order, so the first key is the least recently used one.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (this.#entries.size > this.#capacity) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest)
        break
      }
    }
    return entry
  }

  /** Forgets all keys for which `matches` is true. */
  forget(matches: (key: K) => boolean): void {
    for (const key of this.#entries.keys()) if (matches(key)) this.#entries.delete(key)
  }

  #fresh(key: K, compute: () => Promise<V>): Promise<V> {
    const entry = compute()
    // A failure may be temporary, so it is not kept.
    entry.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return entry
  }
}
