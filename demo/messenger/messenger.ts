/** The members that this tab has open, in one room. */

import type { DeliveryService } from '../delivery/delivery-service.js'
import { claim, openMembers, type Release } from './hosting.js'
import { Member, type MemberServices } from './member.js'
import { line, told } from './receiving.js'
import { type MemberRecord, newRecord } from './record.js'
import { found, keyPackageMessage, newKeyPackage, openStack } from './stack.js'
import type { Room, Store } from './store.js'

/** The first of them founds the group. */
const founders = ['Alice', 'Bob', 'Carol'] as const

export interface MessengerOptions {
  readonly room: Room
  readonly store: Store
  readonly delivery: DeliveryService
  /** Opens this member alone; without it, those that have no tab of their own. */
  readonly member: string | undefined
}

/** Another tab has the member open. */
export class OpenElsewhere extends Error {
  constructor(readonly member: string) {
    super(`${member} is open in another tab`)
  }
}

export class Messenger extends EventTarget {
  readonly room: Room
  readonly #services: MemberServices
  readonly #members: Member[] = []
  readonly #claims: Release[] = []
  readonly #home: MemberRecord['home']

  private constructor(services: MemberServices, home: MemberRecord['home']) {
    super()
    this.room = services.room
    this.#services = services
    this.#home = home
  }

  static async open({ room, store, delivery, member }: MessengerOptions): Promise<Messenger> {
    const stack = await openStack(room.suite)
    const services = { room, store, stack, delivery, online: () => openMembers(room) }
    const messenger = new Messenger(services, member === undefined ? 'first tab' : 'own tab')
    try {
      await (member === undefined ? messenger.#openAll() : messenger.join(member))
    } catch (error) {
      // Whoever tries again, in this tab or in another, must find the members free.
      await messenger.close()
      throw error
    }
    return messenger
  }

  get members(): readonly Member[] {
    return this.#members
  }

  /** Opens a member here; one that is new asks to join. */
  async join(name: string): Promise<void> {
    await this.#claim(name)
    await this.#open(name)
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.close()))
    for (const release of this.#claims) release()
  }

  /** Also where a tab was closed before the group was founded. */
  async #openAll(): Promise<void> {
    const [first, ...others] = founders
    const records = await this.#services.store.members(this.room)
    const names = records.filter(({ home }) => home === 'first tab').map(({ name }) => name)
    const isFounded = names.includes(first)
    const here = isFounded ? names : [...new Set([...others, ...names])]
    for (const name of [first, ...here.filter((other) => other !== first)]) await this.#claim(name)
    for (const name of here) await this.#open(name)
    if (!isFounded) await this.#add(await this.#founder(first))
  }

  async #claim(name: string): Promise<void> {
    const release = await claim(this.room, name)
    if (!release) throw new OpenElsewhere(name)
    this.#claims.push(release)
  }

  async #open(name: string): Promise<void> {
    const record = await this.#services.store.member(this.room, name)
    await this.#add(record ?? (await this.#applicant(name)))
  }

  /** Knows already who wants to join, so that one commit adds them all. */
  async #founder(name: string): Promise<MemberRecord> {
    const { stack } = this.#services
    const record = await this.#newcomer(name)
    const state = await found(record.keyPackage, stack)
    const applicants = this.#members.map((member) => applicationOf(member.record))
    const founded = {
      ...line(state.groupContext.epoch),
      kind: 'news',
      text: `${name} founded the group`,
    } as const
    return told({ ...record, phase: 'member', state, applicants }, founded)
  }

  /** Its KeyPackage is published when the member opens. */
  async #applicant(name: string): Promise<MemberRecord> {
    const record = await this.#newcomer(name)
    return { ...record, outbox: [applicationOf(record)] }
  }

  async #newcomer(name: string): Promise<MemberRecord> {
    return newRecord({ name, home: this.#home, keyPackage: await newKeyPackage(name, this.#services.stack) })
  }

  async #add(record: MemberRecord): Promise<void> {
    await this.#services.store.keep(this.room, record)
    const member = await Member.open(record, this.#services)
    this.#members.push(member)
    this.#members.sort((a, b) => a.record.name.localeCompare(b.record.name))
    this.dispatchEvent(new Event('change'))
  }
}

const applicationOf = ({ keyPackage }: MemberRecord): Uint8Array =>
  keyPackageMessage(keyPackage.publicPackage)
