/**
 * What a member has stored, and the only way to change it.
 *
 * The order, on which everything else here rests:
 *
 * 1. Store. One transaction writes the state of ts-mls, what is to be sent, the conversation, and how far the delivery
 *    service was read. The effect of a message, and the fact that it was taken, are stored together.
 * 2. Then act. Publish the outbox; enter the epoch of the stored state into the inbox; mark a message that was kept. Each
 *    act can be repeated without harm: a parcel keeps its id, an epoch can be entered any number of times, and a parcel
 *    that was taken is not given to the inbox again.
 * 3. At start-up, repeat all acts that the stored record asks for, before anything new is received.
 *
 * So a crash between any two steps loses nothing and doubles nothing: before step 1 is complete, nothing has happened, and
 * after it everything follows. What a state has sealed is sent only after that state is stored. Otherwise two messages
 * could be sealed with the same key of the ratchet.
 */

import type { Card, Store } from '../storage/store.js'
import type { Vault } from '../storage/vault.js'
import type { MemberRecord } from './record.js'
import type { Room } from './room.js'

export type Change = (record: MemberRecord) => MemberRecord

/** The device has no power: nothing is written any more, and no error is reported. */
export class PowerCut extends Error {
  constructor() {
    super('This device is off.')
  }
}

interface Waiting {
  readonly change: Change
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface LedgerOptions {
  readonly store: Store
  readonly room: Room
  readonly card: Card
  readonly vault: Vault
  readonly record: MemberRecord
  readonly onChange: () => void
}

export class Ledger {
  readonly #given: LedgerOptions
  #record: MemberRecord
  #waiting: Waiting[] = []
  #isWriting = false
  #writesLeft = Number.POSITIVE_INFINITY

  constructor(given: LedgerOptions) {
    this.#given = given
    this.#record = given.record
  }

  get vault(): Vault {
    return this.#given.vault
  }

  /** As it is stored. */
  get record(): MemberRecord {
    return this.#record
  }

  /**
   * Resolves when it is stored. Changes that are made meanwhile share the next transaction, in order. Throws the error of
   * the database; then nothing has changed, and changes that wait behind it fail too, or they would overtake it.
   */
  commit(change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject })
      void this.#write()
    })
  }

  /** Resolves when all pending changes are written; nothing is written after that. */
  async close(): Promise<void> {
    // It may be without power already.
    await this.commit((record) => record).catch(() => undefined)
    this.cutPowerAfter(0)
  }

  /** After this many more transactions the power fails, and nothing more is written. */
  cutPowerAfter(transactions: number): void {
    this.#writesLeft = transactions
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting
      this.#waiting = []
      try {
        await this.#writeOnce(together)
        for (const { resolve } of together) resolve()
      } catch (error) {
        const behind = this.#waiting
        this.#waiting = []
        for (const { reject } of [...together, ...behind]) reject(error)
      }
    }
    this.#isWriting = false
  }

  async #writeOnce(together: readonly Waiting[]): Promise<void> {
    if (this.#writesLeft <= 0) throw new PowerCut()
    this.#writesLeft -= 1
    const { store, room, card, vault, onChange } = this.#given
    const after = together.reduce((record, { change }) => change(record), this.#record)
    if (after !== this.#record)
      await store.write(room, [{ card, vault, record: after, before: this.#record }])
    this.#record = after
    onChange()
    // It is written, but the power fails before anybody learns of it.
    if (this.#writesLeft <= 0) throw new PowerCut()
  }
}
