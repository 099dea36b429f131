/** A member's place in this tab, whether it is awake or not. */

import type { Card } from '../storage/store.js'
import { LockedError, newSalt, openVault, type Vault, vaultOf } from '../storage/vault.js'
import { claim, type Release } from './claims.js'
import { Member, type MemberServices } from './member.js'
import type { MemberRecord } from './record.js'
import { inboxName } from './room.js'

/** `dark`: without power; `locking`: what is stored is being encrypted; `locked`: the passphrase was not entered. */
export type Rest = 'asleep' | 'dark' | 'locking' | 'locked'

/** Another tab has the member. */
export class OpenElsewhere extends Error {
  constructor(readonly member: string) {
    super(`${member} is open in another tab`)
  }
}

export class Seat extends EventTarget {
  readonly name: string
  readonly #services: MemberServices
  #card: Card
  #vault: Vault | undefined
  #member: Member | undefined
  #release: Release | undefined
  #rest: Rest

  constructor(card: Card, services: MemberServices) {
    super()
    this.name = card.name
    this.#card = card
    this.#services = services
    this.#vault = card.salt ? undefined : openVault
    this.#rest = card.salt ? 'locked' : 'asleep'
  }

  /** Undefined while it is not awake. */
  get member(): Member | undefined {
    return this.#member
  }

  get rest(): Rest | undefined {
    return this.#member ? undefined : this.#rest
  }

  get hasPassphrase(): boolean {
    return this.#card.salt !== undefined
  }

  get inbox(): string {
    return this.#card.inbox
  }

  /** Throws {@link OpenElsewhere}. A member that is locked stays so. */
  async wake(): Promise<void> {
    if (this.#member || !this.#vault) return
    await this.#open(this.#vault)
  }

  /** Nothing is received until it wakes. */
  sleep(): Promise<void> {
    return this.#close('asleep')
  }

  /** It stops after this many more transactions. */
  cutPowerAfter(transactions: number): void {
    this.#member?.cutPowerAfter(transactions)
  }

  /**
   * From now on everything of this member is encrypted under a key that is derived from the passphrase and then forgotten.
   * The inbox is a new one. Past epochs are not taken along, because their secrets cannot be exported.
   */
  async lock(passphrase: string | undefined): Promise<void> {
    const member = this.#member
    await this.#close('locking')
    if (passphrase !== undefined && member) {
      const salt = newSalt()
      await this.#rewrite(member.record, await vaultOf(passphrase, salt), salt).catch((error: unknown) => {
        // If the disk is full, everything stays as it was.
        this.#rest = 'asleep'
        this.#changed()
        throw error
      })
    }
    this.#vault = undefined
    this.#rest = 'locked'
    this.#changed()
  }

  /** Throws {@link LockedError} for another passphrase. */
  async unlock(passphrase: string): Promise<void> {
    const { salt } = this.#card
    if (!salt) throw new LockedError()
    const vault = await vaultOf(passphrase, salt)
    await this.#open(vault)
    this.#vault = vault
    this.#changed()
  }

  async close(): Promise<void> {
    await this.#close('asleep')
  }

  async #rewrite(record: MemberRecord, vault: Vault, salt: Card['salt']): Promise<void> {
    const { store, room } = this.#services
    const before = this.#card.inbox
    const card = { ...this.#card, salt, inbox: inboxName(room, this.name) }
    await store.write(room, [{ card, vault, record }])
    this.#card = card
    indexedDB.deleteDatabase(before)
  }

  async #open(vault: Vault): Promise<void> {
    const { store, room } = this.#services
    const release = await claim(room, this.name)
    if (!release) throw new OpenElsewhere(this.name)
    try {
      const record = await store.load(room, this.name, vault)
      if (!record) throw new Error(`nothing is stored of ${this.name}`)
      const member = await Member.open({ record, card: this.#card, vault }, this.#services)
      this.#release = release
      this.#member = member
      member.addEventListener('change', () => this.#hear(member))
      this.#hear(member)
    } catch (error) {
      await release()
      throw error
    }
  }

  /** Without power a device does nothing more, not even finish what it had begun. */
  #hear(member: Member): void {
    if (member === this.#member && !member.hasPower) void this.#close('dark').catch(reportError)
    else this.#changed()
  }

  async #close(rest: Rest): Promise<void> {
    const member = this.#member
    this.#member = undefined
    this.#rest = rest
    this.#changed()
    await member?.close()
    await this.#release?.()
    this.#release = undefined
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }
}
