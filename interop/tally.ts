import { TargetedMessageError } from 'mls-targeted-messages'

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
    await this.prepare(what, async () => {
      await action()
      this.#count(what).passed += 1
    })
  }

  /** What a check needs: counted only where it fails. */
  async prepare<Result>(what: string, action: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await action()
    } catch (error) {
      const reason = reasonOf(error)
      const count = this.#count(what)
      count.failed += 1
      count.reasons[reason] = (count.reasons[reason] ?? 0) + 1
      return undefined
    }
  }

  #count(what: string): Count {
    const count = this.counts[what] ?? { passed: 0, failed: 0, reasons: {} }
    this.counts[what] = count
    return count
  }
}

/** All of them together. */
export function totalOf(...all: readonly Counts[]): Count {
  const total: Count = { passed: 0, failed: 0, reasons: {} }
  for (const { passed, failed, reasons } of all.flatMap((counts) => Object.values(counts))) {
    total.passed += passed
    total.failed += failed
    for (const [reason, times] of Object.entries(reasons)) {
      total.reasons[reason] = (total.reasons[reason] ?? 0) + times
    }
  }
  return total
}

/** With the name of who says it: whose fault it is begins there. */
export function reasonOf(error: unknown): string {
  if (error instanceof TargetedMessageError) return `mls-targeted-messages: ${error.code}: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
