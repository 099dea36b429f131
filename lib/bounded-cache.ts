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
    return entry
  }

  /** Forgets all keys for which `matches` is true. */
  forget(matches: (key: K) => boolean): void {
    for (const key of this.#entries.keys()) if (matches(key)) this.#entries.delete(key)
  }

  #fresh(key: K, compute: () => Promise<V>): Promise<V> {
    const entry = compute()
    // Only what was computed takes a place of others. A failure may be temporary, so it is not kept.
    entry.then(
      () => this.#trim(),
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      },
    )
    return entry
  }

  #trim(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break
      this.#entries.delete(oldest)
    }
  }
}
