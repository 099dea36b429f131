/** Delivers messages until they are acknowledged, and knows what must have been kept. */

import { expect } from '../fixtures.js'
import type { LogServer } from './log-server.js'
import { idInNode, sealInNode } from './room.js'
import type { RoomJson } from './tasks/epochs.js'
import type { KeptEvent } from './tasks/kept.js'

const messagesPerEpoch = 3

export class Mailbox {
  readonly #rooms: readonly RoomJson[]
  readonly #log: LogServer<KeptEvent>
  /** Text by id, of all that were ever sealed. */
  readonly #sealed: Record<string, string> = {}
  readonly #unacknowledged = new Set<string>()
  /** Acknowledged, and of epochs that are kept. */
  #acknowledged: string[] = []
  readonly #closed = new Set<string>()
  #keepings = 0

  constructor(rooms: readonly RoomJson[], log: LogServer<KeptEvent>) {
    this.#rooms = rooms
    this.#log = log
  }

  /** Text by id. */
  get sealed(): Readonly<Record<string, string>> {
    return this.#sealed
  }

  get unacknowledged(): string[] {
    return [...this.#unacknowledged]
  }

  get acknowledged(): readonly string[] {
    return this.#acknowledged
  }

  /** How many times a message was about to be kept. */
  get keepings(): number {
    return this.#keepings
  }

  /** Some messages of each of the epochs, in all rooms. */
  async seal(epochs: readonly number[]): Promise<void> {
    this.#acknowledged = []
    for (const room of this.#rooms) {
      for (const epoch of epochs) {
        for (let i = 0; i < messagesPerEpoch; i++) {
          const text = `${room.bob.cipherSuite}.${epoch}.${crypto.randomUUID()}`
          const message = await sealInNode(room, epoch, text)
          this.#sealed[await idInNode(room, epoch, message)] = text
          this.#unacknowledged.add(message)
        }
      }
    }
  }

  /** A tab that is closed aborts what it was about, and may still say so: that is no failure. */
  close(tab: string): void {
    this.#closed.add(tab)
  }

  /** Resolves to an event that matches, or that says that something failed, which {@link takeIn} tells. */
  async heard(matches: (event: KeptEvent) => boolean): Promise<KeptEvent> {
    for (;;) {
      const event = this.#log.lines.find((one) => this.#isFailure(one) || matches(one))
      if (event) return event
      await this.#log.next()
    }
  }

  /** Takes in what was told. What failed among the first `alive` events is a failure. */
  takeIn(alive: number, note: string): void {
    const events = this.#log.lines.splice(0)
    const failed = events.slice(0, alive).filter((event) => this.#isFailure(event))
    expect(failed, note).toEqual([])
    for (const event of events) {
      if (event.what === 'keeping') this.#keepings++
      if (event.what === 'acknowledged') this.acknowledge(event.message)
    }
  }

  acknowledge(message: string): void {
    if (this.#unacknowledged.delete(message)) this.#acknowledged.push(message)
  }

  #isFailure({ what, tab }: KeptEvent): boolean {
    return what === 'failed' && !this.#closed.has(tab)
  }
}
