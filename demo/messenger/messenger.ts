/** The members that this tab has open, in one room. */

import type { DeliveryService } from '../delivery/delivery-service.js'
import { claim, openMembers } from './hosting.js'
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
    const here = await messenger.#records(member)
    for (const { name } of here) {
      if (!(await claim(room, name))) throw new OpenElsewhere(name)
    }
    for (const record of here) await messenger.#add(record)
    if (here.length === 0) await messenger.#begin(member)
    return messenger
  }

  get members(): readonly Member[] {
    return this.#members
  }

  /** A new member in this tab asks to join. */
  async join(name: string): Promise<void> {
    if (!(await claim(this.room, name))) throw new OpenElsewhere(name)
    const record = await this.#services.store.member(this.room, name)
    await this.#add(record ?? (await this.#applicant(name)))
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.close()))
  }

  async #records(member: string | undefined): Promise<MemberRecord[]> {
    const { store } = this.#services
    if (member === undefined) {
      return (await store.members(this.room)).filter(({ home }) => home === 'first tab')
    }
    const record = await store.member(this.room, member)
    return record ? [record] : []
  }

  async #begin(member: string | undefined): Promise<void> {
    if (member !== undefined) return this.join(member)
    const [first, ...others] = founders
    for (const name of others) await this.join(name)
    if (!(await claim(this.room, first))) throw new OpenElsewhere(first)
    await this.#add(await this.#founder(first))
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
