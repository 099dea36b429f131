/** At most this many at once, so that a transaction ends soon. */
const LARGEST = 1024

/** Items that are added while a commit is running share the next one. */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<readonly R[]>
  #waiting: Waiting<T, R>[] = []
  #isBusy = false

  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#commit = commit
  }

  /** Resolves to the commit's result for `item`; rejects if the commit does. */
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
