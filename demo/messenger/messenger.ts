/** The members that this tab has, in one room. */

import type { DeliveryService } from '../delivery/delivery-service.js'
import { inEpoch } from '../receiving/epochs.js'
import { applicationOf } from '../sending/actions.js'
import type { Card, Store } from '../storage/store.js'
import { openVault } from '../storage/vault.js'
import { claim, openMembers } from './claims.js'
import { keyPackageMessage, newKeyPackage } from './key-packages.js'
import type { MemberServices } from './member.js'
import { type Home, type MemberRecord, newRecord } from './record.js'
import { inboxName, type Room } from './room.js'
import { OpenElsewhere, Seat } from './seat.js'
import { found, openStack, type Stack } from './stack.js'

/** The first of them founds the group. */
const founders = ['Alice', 'Bob', 'Carol'] as const

export interface MessengerOptions {
  readonly room: Room
  readonly store: Store
  readonly delivery: DeliveryService
  /** Opens this member alone; without it, those that have no tab of their own. */
  readonly member: string | undefined
}

/** Whether a newcomer's client supports targeted messages. */
export interface Client {
  readonly understands: boolean
}

export class Messenger extends EventTarget {
  readonly room: Room
  readonly delivery: DeliveryService
  readonly #services: MemberServices
  readonly #home: Home
  #seats: readonly Seat[] = []

  private constructor(services: MemberServices, home: Home) {
    super()
    this.room = services.room
    this.delivery = services.delivery
    this.#services = services
    this.#home = home
  }

  /** Throws {@link OpenElsewhere} if another tab has one of them. */
  static async open({ room, store, delivery, member }: MessengerOptions): Promise<Messenger> {
    const stack = await openStack(room.suite)
    const services = { room, store, stack, delivery, online: () => openMembers(room) }
    const messenger = new Messenger(services, member === undefined ? 'first tab' : 'own tab')
    try {
      await (member === undefined ? messenger.#openAll() : messenger.join(member))
    } catch (error) {
      // The members must be free for the next attempt, in this tab or another.
      await messenger.close()
      throw error
    }
    return messenger
  }

  get stack(): Stack {
    return this.#services.stack
  }

  get seats(): readonly Seat[] {
    return this.#seats
  }

  /** Opens a member here. A new one asks to join. */
  async join(name: string, client: Client = { understands: true }): Promise<void> {
    const { store } = this.#services
    const card = (await store.card(this.room, name)) ?? (await this.#newcomer(name, client))
    await this.#seat(card)
  }

  async close(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.close()))
  }

  async #openAll(): Promise<void> {
    const { store } = this.#services
    const cards = await store.cards(this.room)
    const here = cards.filter(({ home }) => home === 'first tab')
    if (here.length > 0) {
      for (const card of here) await this.#seat(card)
      return
    }
    await this.#found()
  }

  /** All or nothing: after a reload in between there is no group, or the whole group. */
  async #found(): Promise<void> {
    const { stack, store } = this.#services
    const [first, ...others] = founders
    // Two tabs that are opened at once must not found two groups.
    const release = await claim(this.room, first)
    if (!release) throw new OpenElsewhere(first)
    try {
      const founder = await this.#recordOf(first)
      const state = await found(founder.keyPackage, stack, this.room.revision)
      // The founder already has their KeyPackages, so they wait for the Welcome.
      const applicants = await Promise.all(others.map((name) => this.#recordOf(name)))
      const records = [
        {
          ...inEpoch({ ...founder, outbox: [] }, { state, by: '' }),
          applicants: applicants.map(({ keyPackage }) => keyPackageMessage(keyPackage.publicPackage)),
        },
        ...applicants.map((record) => ({ ...record, phase: 'joining', outbox: [] }) as const),
      ]
      const writes = records.map((record) => ({
        record,
        card: this.#cardOf(record.name),
        vault: openVault,
      }))
      await store.write(this.room, writes)
      await release()
      for (const { card } of writes) await this.#seat(card)
    } finally {
      await release()
    }
  }

  async #newcomer(name: string, client: Client): Promise<Card> {
    const card = this.#cardOf(name)
    const record = await this.#recordOf(name, client)
    await this.#services.store.write(this.room, [{ card, vault: openVault, record }])
    return card
  }

  async #recordOf(name: string, client: Client = { understands: true }): Promise<MemberRecord> {
    const keyPackage = await newKeyPackage({ name, ...client }, this.#services.stack)
    return newRecord({ name, ...client, keyPackage, outbox: [applicationOf(keyPackage)] })
  }

  #cardOf(name: string): Card {
    return { name, home: this.#home, inbox: inboxName(this.room, name), salt: undefined }
  }

  async #seat(card: Card): Promise<void> {
    const seat = new Seat(card, this.#services)
    await seat.wake()
    this.#seats = [...this.#seats, seat].sort((a, b) => a.name.localeCompare(b.name))
    this.dispatchEvent(new Event('change'))
  }
}
