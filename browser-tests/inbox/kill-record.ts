/** What the pages told before each kill, and what must be true after it. */

import { expect } from '../fixtures.js'
import type { AfterKill, Survived } from './tasks/after-kill.js'
import type { Event } from './tasks/churn.js'

/** What happened before a kill, as {@link AfterKill} has it. */
type Before = Pick<AfterKill, 'released' | 'inFlight' | 'created'>

export class KillRecord {
  readonly #groupIds: readonly string[]
  /** By room: the epochs that were told as about to be entered, and as entered. */
  readonly #entering: number[][]
  readonly #entered: number[][]
  readonly #released: string[] = []
  #latest: Before = { released: [], inFlight: [], created: [] }
  #inFlight = { released: 0, replay: 0, expired: 0 }
  kills = 0

  constructor(groupIds: readonly string[]) {
    this.#groupIds = groupIds
    this.#entered = groupIds.map(() => [])
    this.#entering = groupIds.map(() => [])
  }

  nextEpochs(): number[] {
    return this.#entering.map((epochs) => (epochs.at(-1) ?? 0) + 1)
  }

  /** Events of one run; what failed before the kill, which is after `alive` events, is a failure. */
  add(events: readonly Event[], alive: number, note: string): void {
    expect(
      events.slice(0, alive).filter(({ what }) => what === 'failed'),
      note,
    ).toEqual([])
    const released: string[] = []
    const receiving: string[] = []
    let created: string[] = []
    for (const event of events) {
      if (event.what === 'creating') {
        // The page creates one at a time, and deletes it before it tells of the next.
        created = [event.database]
        continue
      }
      const { what, room, epoch } = event
      if (what === 'entering') this.#entering[room]?.push(epoch)
      if (what === 'entered') this.#entered[room]?.push(epoch)
      if (what === 'receiving') receiving.push(event.message)
      if (what === 'released') released.push(event.message)
    }
    const told = new Set(released)
    expect(told.size, `released twice before the kill: ${note}`).toBe(released.length)
    this.#released.push(...released)
    this.#latest = { released, inFlight: receiving.filter((message) => !told.has(message)), created }
    this.kills++
  }

  latest(): Before {
    return this.#latest
  }

  everything(): Before {
    return { ...this.#latest, released: this.#released }
  }

  check(survived: Survived, pastEpochs: number, note: string): void {
    const { contents, fresh, released, inFlight, created } = survived
    expect(created, note).toEqual(this.#latest.created.map(() => 'opened'))
    for (const outcome of released) expect(['replay', 'epoch-expired'], note).toContain(outcome)
    for (const [first = '', second] of inFlight) {
      // It was marked before the kill, or it is released now; in both cases never again.
      const kind = first.startsWith('released') ? 'released' : first === 'replay' ? 'replay' : 'expired'
      if (kind === 'expired') expect(first, note).toBe('epoch-expired')
      expect(second, note).toBe(kind === 'expired' ? 'epoch-expired' : 'replay')
      this.#inFlight[kind]++
    }
    for (const [room, groupId] of this.#groupIds.entries()) {
      const begun = this.#entering[room] ?? []
      const entered = this.#entered[room] ?? []
      const kept = contents.groups.filter((name) => name.startsWith(groupId)).map(epochOf)
      const oldest = Math.max(0, ...kept) - pastEpochs
      // All that were told as entered and are in the window; an epoch that was being entered at a kill may be there too.
      expect(kept, note).toEqual(expect.arrayContaining(entered.filter((epoch) => epoch >= oldest)))
      expect(
        kept.filter((epoch) => epoch < oldest || !begun.includes(epoch)),
        note,
      ).toEqual([])
      expect(Math.max(0, ...kept), note).toBeGreaterThanOrEqual(entered.at(-1) ?? 0)
    }
    expect(contents.records, note).toEqual(contents.groups)
    expect(contents.groups, note).toEqual(expect.arrayContaining([...contents.marks]))
    expect(fresh, note).toEqual(contents.groups.map(() => ['released fresh', 'replay']))
  }

  summary(): string {
    const { released, replay, expired } = this.#inFlight
    return `${this.kills} kills, ${this.#entered.flat().length} epochs entered, ${this.#released.length} messages released; in flight at a kill: ${released} released afterwards, ${replay} marked and not told, ${expired} expired`
  }
}

const epochOf = (name: string): number => Number(name.split(' ')[1])
