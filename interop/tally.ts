/** How often something held, and why it did not. */
export interface Count {
  passed: number
  failed: number
  /** What was thrown, with how often. */
  readonly reasons: Record<string, number>
}

export type Counts = Readonly<Record<string, Count>>

/** Counts instead of stopping: the table is to say how much fails and what. */
export class Tally {
  readonly counts: Record<string, Count> = {}

  async check(what: string, action: () => Promise<void>): Promise<void> {
    const count = this.#count(what)
    try {
      await action()
      count.passed += 1
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      count.failed += 1
      count.reasons[reason] = (count.reasons[reason] ?? 0) + 1
    }
  }

  #count(what: string): Count {
    const count = this.counts[what] ?? { passed: 0, failed: 0, reasons: {} }
    this.counts[what] = count
    return count
  }
}
