import { type GroupEpoch, Inbox, TargetedMessageError } from 'mls-targeted-messages'
import type { DeliveryService, Parcel } from '../delivery/delivery-service.js'
import { type Body, type Copy, type EntryOf, encodeBody } from './conversation.js'
import { type Device, epochOf, line, nameAt, receive, told } from './receiving.js'
import type { MemberRecord } from './record.js'
import {
  type ClientState,
  commit,
  decodeMessage,
  keyPackageMessage,
  leavingLeaves,
  newKeyPackage,
  proposeToLeave,
  rosterOf,
  type Stack,
  say,
} from './stack.js'
import { inboxName, type Room, type Store } from './store.js'

/** How many past epochs a late whisper may come from. */
export const pastEpochs = 2

/** Parcels come in bursts; who looks after the group does so when one is over. In milliseconds. */
const QUIET = 40

export interface MemberServices {
  readonly room: Room
  readonly store: Store
  readonly stack: Stack
  readonly delivery: DeliveryService
  /** Names of the members that some tab of this browser has open. */
  readonly online: () => Promise<ReadonlySet<string>>
}

export interface Whisper {
  readonly recipients: readonly { readonly name: string; readonly leafIndex: number }[]
  readonly text: string
  /** `held` keeps the messages back until they are released. */
  readonly delivery: 'now' | 'held'
}

/** One member's device: an MLS group, an inbox, and what was said. */
export class Member extends EventTarget {
  readonly #services: MemberServices
  readonly #device: Device
  #record: MemberRecord
  /** One thing after another: nobody acts on a state that is about to be replaced. */
  #last: Promise<unknown> = Promise.resolve()
  #quiet: ReturnType<typeof setTimeout> | undefined
  #stop: (() => void) | undefined
  #closed = false
  #failure: unknown

  private constructor(record: MemberRecord, services: MemberServices, inbox: Inbox) {
    super()
    this.#record = record
    this.#services = services
    const { stack, room } = services
    this.#device = { stack, inbox, revision: room.revision }
  }

  /** Begins where the record ends. */
  static async open(record: MemberRecord, services: MemberServices): Promise<Member> {
    const inbox = await Inbox.open({ database: inboxName(services.room, record.name), pastEpochs })
    const member = new Member(record, services, inbox)
    if (record.state && !(await inbox.current(record.state.groupContext.groupId))) {
      await inbox.enter(await epochOf(record.state, services.room.revision))
    }
    for (const bytes of record.outbox) await member.#publish(bytes)
    member.#stop = await services.delivery.subscribe(record.cursor, (parcel) =>
      member.#turn(() => member.#receive(parcel)),
    )
    member.#attendSoon()
    return member
  }

  get record(): MemberRecord {
    return this.#record
  }

  get inbox(): Inbox {
    return this.#device.inbox
  }

  /** What stopped this member, if anything did: a parcel that it cannot get past. */
  get failure(): unknown {
    return this.#failure
  }

  /** To seal with. */
  async epoch(): Promise<GroupEpoch> {
    const current = await this.inbox.current(this.#state().groupContext.groupId)
    if (!current) throw new Error(`the inbox of ${this.#record.name} has lost the group`)
    return current
  }

  /** To everybody. */
  say(text: string): Promise<void> {
    return this.#turn(async () => {
      const state = this.#state()
      if (leavingLeaves(state).length > 0) throw new Error('A member is leaving. Send it again in a moment.')
      const { id, ...rest } = line(state.groupContext.epoch)
      const [next, message] = await say(state, encodeBody({ type: 'text', id, text }), this.#services.stack)
      const entry = { ...rest, kind: 'said', id, from: this.#record.name, text, message } as const
      await this.#send([message], told({ ...this.#record, state: next }, entry))
    })
  }

  /** To some, each in a message of its own. */
  whisper({ recipients, text, delivery }: Whisper): Promise<void> {
    return this.#turn(async () => {
      const epoch = await this.epoch()
      const entry = line(epoch.epoch)
      const copies: Copy[] = []
      const state = delivery === 'held' ? 'held' : 'sent'
      const recipientLeafIndices = recipients.map(({ leafIndex }) => leafIndex)
      const body = content({ type: 'text', id: entry.id, text })
      for await (const { recipientLeafIndex, message } of epoch.sealEach({ recipientLeafIndices, ...body })) {
        const to = nameAt(this.#state(), recipientLeafIndex)
        copies.push({ to, leafIndex: recipientLeafIndex, message, state })
      }
      const messages = delivery === 'held' ? [] : copies.map(({ message }) => message)
      await this.#send(messages, told(this.#record, { ...entry, kind: 'whispered', text, copies }))
    })
  }

  /** Lets a whisper go that was held back. */
  release(id: string): Promise<void> {
    return this.#turn(async () => {
      const held = this.#entry(id, 'whispered').copies.filter(({ state }) => state === 'held')
      const conversation = this.#record.conversation.map((entry) =>
        entry.kind === 'whispered' && entry.id === id
          ? { ...entry, copies: entry.copies.map((copy) => ({ ...copy, state: 'sent' as const })) }
          : entry,
      )
      const messages = held.map(({ message }) => message)
      await this.#send(messages, { ...this.#record, conversation })
    })
  }

  /** Shows a whisper, and tells its sender, and nobody else. */
  read(id: string): Promise<void> {
    return this.#turn(async () => {
      const { from, read } = this.#entry(id, 'heard')
      if (read) return
      const conversation = this.#record.conversation.map((entry) =>
        entry.kind === 'heard' && entry.id === id ? { ...entry, read: true } : entry,
      )
      const record = { ...this.#record, conversation }
      const sender = rosterOf(this.#state()).find(({ name }) => name === from)
      if (!sender) return this.#keep(record)
      const recipientLeafIndex = sender.leafIndex
      const epoch = await this.epoch()
      const receipt = await epoch.seal({ recipientLeafIndex, ...content({ type: 'read', id }) })
      await this.#send([receipt], record)
    })
  }

  /** A commit without proposals: new keys for this member, and a new epoch for all. */
  renewKeys(): Promise<void> {
    return this.#turn(async () => {
      await this.#keep({ ...this.#record, renewing: true })
      await this.#attend()
    })
  }

  leave(): Promise<void> {
    return this.#turn(async () => {
      const [next, message] = await proposeToLeave(this.#state(), this.#services.stack)
      await this.#send([message], { ...this.#record, state: next })
    })
  }

  /** Once more, as somebody new. */
  joinAgain(): Promise<void> {
    return this.#turn(async () => {
      const keyPackage = await newKeyPackage(this.#record.name, this.#services.stack)
      const asks = keyPackageMessage(keyPackage.publicPackage)
      await this.#send([asks], { ...this.#record, keyPackage, phase: 'asking' })
    })
  }

  /** Somebody hands bytes to this device past the delivery service. Gives what the inbox says, and changes nothing else. */
  async hand(message: Uint8Array): Promise<TargetedMessageError | undefined> {
    try {
      await this.inbox.receive(message)
      return undefined
    } catch (error) {
      if (error instanceof TargetedMessageError) return error
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#quiet)
    this.#stop?.()
    await this.#last
    this.inbox.close()
  }

  async #receive({ bytes, cursor }: Parcel): Promise<void> {
    try {
      const after = await receive(bytes, this.#record, this.#device)
      await this.#keep({ ...after, cursor })
      for (const waiting of after.outbox) {
        if (!this.#published.has(waiting)) await this.#publish(waiting)
      }
      this.#attendSoon()
    } catch (error) {
      this.#failure = error
      this.dispatchEvent(new Event('change'))
      throw error
    }
  }

  /** What there is to commit: new keys of this member, newcomers, members that leave. The first commit of an epoch wins. */
  async #attend(): Promise<void> {
    const { state, pending, renewing, applicants } = this.#record
    if (!state || pending || this.#closed) return
    const leaving = leavingLeaves(state)
    if (leaving.includes(state.privatePath.leafIndex)) return
    const isAsked = (applicants.length > 0 || leaving.length > 0) && (await this.#isGreeter(leaving))
    if (!renewing && !isAsked) return
    const made = await commit(state, isAsked ? this.#newcomers() : [], this.#services.stack)
    await this.#send([made.commit], { ...this.#record, pending: made })
  }

  /** Of those that this browser has open, the one with the lowest leaf commits for others. */
  async #isGreeter(leaving: readonly number[]): Promise<boolean> {
    const { state, name } = this.#record
    if (!state) return false
    const online = await this.#services.online()
    const [first] = rosterOf(state).filter(
      (member) => online.has(member.name) && !leaving.includes(member.leafIndex),
    )
    return first?.name === name
  }

  #newcomers() {
    return this.#record.applicants.flatMap((bytes) => {
      const message = decodeMessage(bytes)
      return message?.wireformat === 'mls_key_package' ? [message.keyPackage] : []
    })
  }

  #attendSoon(): void {
    clearTimeout(this.#quiet)
    if (!this.#closed)
      this.#quiet = setTimeout(() => void this.#turn(() => this.#attend()).catch(reportError), QUIET)
  }

  readonly #published = new WeakSet<Uint8Array>()

  /** Kept before it is published, so that a reload in between loses nothing. */
  async #send(messages: readonly Uint8Array[], record: MemberRecord): Promise<void> {
    await this.#keep({ ...record, outbox: [...record.outbox, ...messages] })
    for (const message of messages) await this.#publish(message)
  }

  async #publish(message: Uint8Array): Promise<void> {
    this.#published.add(message)
    await this.#services.delivery.publish(message)
  }

  async #keep(record: MemberRecord): Promise<void> {
    await this.#services.store.keep(this.#services.room, record)
    this.#record = record
    this.dispatchEvent(new Event('change'))
  }

  #state(): ClientState {
    const { state, name } = this.#record
    if (!state) throw new Error(`${name} is not in the group`)
    return state
  }

  #entry<Kind extends 'heard' | 'whispered'>(id: string, kind: Kind): EntryOf<Kind> {
    const isIt = (entry: MemberRecord['conversation'][number]): entry is EntryOf<Kind> =>
      entry.kind === kind && entry.id === id
    const entry = this.#record.conversation.find(isIt)
    if (!entry) throw new Error('the message is gone')
    return entry
  }

  #turn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

/** The authenticated data is readable by all, and shows that it is. */
const content = (body: Body) => ({
  applicationData: encodeBody(body),
  authenticatedData: new TextEncoder().encode(`sent ${new Date().toISOString()}`),
})
