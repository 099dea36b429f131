/** At most so many at once: a transaction is to end soon. */
const LARGEST = 1024

/** Whoever comes while a commit is under way waits for the next one, and shares it with all that wait. */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<readonly R[]>
  #waiting: Waiting<T, R>[] = []
  #isBusy = false

  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#commit = commit
  }

  /** Resolves to what the commit gives for `item`; rejects with what it throws. */
  add(item: T): Promise<R | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (!this.#isBusy) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, LARGEST)
      try {
        const results = await this.#commit(group.map(({ item }) => item))
        for (const [i, { resolve }] of group.entries()) resolve(results[i])
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#isBusy = false
  }
}

interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R | undefined) => void
  readonly reject: (error: unknown) => void
}
