import { type GroupEpoch, Inbox, TargetedMessageError } from 'mls-targeted-messages'
import type { Delivery, DeliveryService } from '../delivery/delivery-service.js'
import { receive, receiveEarly } from '../receiving/receive.js'
import { joinWith } from '../sending/actions.js'
import { askOnceMore, isLeftWaiting } from '../sending/ask-once-more.js'
import { attend, type Online } from '../sending/attend.js'
import { sealDue } from '../sending/seal.js'
import type { Card, Store } from '../storage/store.js'
import type { Vault } from '../storage/vault.js'
import { newKeyPackage } from './key-packages.js'
import { type Change, Ledger, PowerCut } from './ledger.js'
import type { MemberRecord } from './record.js'
import type { Room } from './room.js'
import type { Stack } from './stack.js'
import { bringInbox, pastEpochs, type Tools } from './tools.js'

/** How long to wait for another member to act before checking again. In milliseconds. */
const patience = 1_000

/** So long a Welcome may take. In milliseconds. */
const welcomePatience = 10_000

export interface MemberServices {
  readonly room: Room
  readonly store: Store
  readonly stack: Stack
  readonly delivery: DeliveryService
  readonly online: Online
}

export interface Opening {
  readonly record: MemberRecord
  readonly card: Card
  readonly vault: Vault
}

/** What arrived while the member was away, and how much of it is done. */
export interface Backlog {
  readonly total: number
  readonly done: number
  /** Milliseconds. */
  readonly took: number
}

/** One member's device while it is awake: an MLS group, an inbox, and what was said. */
export class Member extends EventTarget {
  readonly #services: MemberServices
  readonly #tools: Tools
  /** One thing after another, so that nothing acts on a state that is about to be replaced. */
  #last: Promise<unknown> = Promise.resolve()
  readonly #published = new WeakSet<Uint8Array>()
  #again: ReturnType<typeof setTimeout> | undefined
  #stop: () => void = () => {}
  #isClosed = false
  #failure: unknown
  #backlog: Backlog | undefined
  #hasReadAll = false
  #unwelcomeSince: number | undefined

  private constructor({ record, card, vault }: Opening, services: MemberServices, inbox: Inbox) {
    super()
    const { store, room, stack } = services
    this.#services = services
    const ledger = new Ledger({ store, room, card, vault, record, onChange: () => this.#changed() })
    this.#tools = { stack, inbox, ledger }
  }

  /** Begins where the record ends, and repeats the acts that the record asks for. */
  static async open(opening: Opening, services: MemberServices): Promise<Member> {
    const { storageKey } = opening.vault
    const inbox = await Inbox.open({
      database: opening.card.inbox,
      pastEpochs,
      cipherSuites: services.stack.cipherSuites,
      ...(storageKey && { storageKey }),
    })
    const member = new Member(opening, services, inbox)
    await member.#turn(() => member.#start()).catch((error: unknown) => member.#fail(error))
    return member
  }

  get record(): MemberRecord {
    return this.#tools.ledger.record
  }

  get inbox(): Inbox {
    return this.#tools.inbox
  }

  /** The error that stopped this member, if any: it could not store what arrived. */
  get failure(): unknown {
    return this.#failure
  }

  get hasPower(): boolean {
    return !(this.#failure instanceof PowerCut)
  }

  get backlog(): Backlog | undefined {
    return this.#backlog
  }

  /** Resolves when it is stored. What follows from it is done soon, even if this page is left. */
  async act(change: Change): Promise<void> {
    // It does not wait for incoming messages, so a message is sent even if the page is reloaded at once.
    await this.#tools.ledger.commit(change)
    // It is stored, so it must not be done again only because it is not sent yet.
    this.#turn(() => this.#settle()).catch((error: unknown) => this.#fail(error))
  }

  /** Resolves when everything that was begun is done. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** Joins again, as a new member. */
  async joinAgain(): Promise<void> {
    const { name, understands } = this.record
    const keyPackage = await newKeyPackage({ name, understands }, this.#services.stack)
    await this.act(joinWith(keyPackage))
  }

  /** To seal with. */
  async epoch(): Promise<GroupEpoch> {
    const { state } = this.record
    const current = state && (await this.inbox.current(state.groupContext.groupId))
    if (!current) throw new Error(`${this.record.name} is not in the group`)
    return current
  }

  /** Bytes that reach this device outside of the delivery service. Returns the inbox's answer, and changes nothing. */
  async hand(message: Uint8Array): Promise<TargetedMessageError | undefined> {
    const notKept = new Error('it was opened, and is not kept')
    try {
      await this.inbox.receive(message, { keep: () => Promise.reject(notKept) })
    } catch (error) {
      if (error instanceof TargetedMessageError) return error
      if (error !== notKept) throw error
    }
    return undefined
  }

  /** Tries again what failed. */
  async resume(): Promise<void> {
    if (this.#failure === undefined) return
    this.#failure = undefined
    await this.#turn(() => this.#start()).catch((error: unknown) => this.#fail(error))
  }

  /** The power fails after this many more transactions, in the middle of whatever is done then. */
  cutPowerAfter(transactions: number): void {
    this.#tools.ledger.cutPowerAfter(transactions)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#stop()
    clearTimeout(this.#again)
    await this.#last
    await this.#tools.ledger.close()
    this.inbox.close()
  }

  async #start(): Promise<void> {
    await bringInbox(this.#tools)
    await receiveEarly(this.#tools)
    this.#stop = this.#services.delivery.subscribe(this.record.cursor, (delivery) =>
      this.#turn(() => this.#receive(delivery)).catch((error: unknown) => this.#fail(error)),
    )
  }

  async #receive({ parcels, remaining }: Delivery): Promise<void> {
    if (this.#failure !== undefined || this.#isClosed) return
    const began = performance.now()
    await receive(parcels, this.#tools)
    this.#count(parcels.length, remaining, performance.now() - began)
    // Until then this member knows less than the others.
    if (remaining === 0) await this.#settle()
  }

  /** Sends what is stored, and commits what has to be committed. */
  async #settle(): Promise<void> {
    if (this.#failure !== undefined || this.#isClosed) return
    await this.#send()
    const outcome = await this.#attend()
    await this.#send()
    clearTimeout(this.#again)
    if (outcome === 'waits') {
      const look = (): void => {
        this.#turn(() => this.#settle()).catch((error: unknown) => this.#fail(error))
      }
      this.#again = setTimeout(look, patience)
    }
  }

  async #attend(): Promise<'done' | 'waits'> {
    if (!isLeftWaiting(this.record)) {
      this.#unwelcomeSince = undefined
      return attend(this.#tools, this.#services.online)
    }
    this.#unwelcomeSince ??= performance.now()
    if (performance.now() - this.#unwelcomeSince < welcomePatience) return 'waits'
    this.#unwelcomeSince = undefined
    await askOnceMore(this.#tools)
    return 'done'
  }

  async #send(): Promise<void> {
    await sealDue(this.#tools)
    const due = this.record.outbox.flatMap(({ id, content, sealed }) =>
      content.kind !== 'held' && sealed && !this.#published.has(sealed.bytes)
        ? [{ id, bytes: sealed.bytes }]
        : [],
    )
    if (due.length === 0) return
    await this.#services.delivery.publish(due)
    for (const { bytes } of due) this.#published.add(bytes)
  }

  /** From the start until it has read the order to its end. */
  #count(parcels: number, remaining: number, took: number): void {
    if (this.#hasReadAll) return
    this.#hasReadAll = remaining === 0
    const { done, took: before } = this.#backlog ?? { done: 0, took: 0 }
    const total = done + parcels + remaining
    if (total < worthShowing) return
    this.#backlog = { done: done + parcels, total, took: before + took }
    this.#changed()
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return
    this.#failure = error
    this.#stop()
    this.#changed()
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }

  #turn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

/** From this many parcels at once, the time that they took is shown. */
const worthShowing = 20
