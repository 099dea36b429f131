import type { OpenedMessage } from '../epoch/group-epoch.js'
import { checkMessageLength, copyMessage } from '../epoch/message-length.js'
import { fail, invalidInput, TargetedMessageError } from '../errors.js'
import { idOf, MARK_LENGTH, markOf } from '../targeted/message-id.js'
import { decodeTargetedMessage, type TargetedMessage } from '../targeted/structs.js'
import type { Bytes } from '../tls/bytes.js'
import { GroupCommit } from './group-commit.js'
import type { LoadedEpochs } from './loaded-epochs.js'
import type { Exclusively } from './locks.js'
import type { NoteOutcome, NoteStep } from './note-steps.js'
import type { InboxStore, Note } from './store.js'

/** A message of one of the groups, received for the first time. */
export interface ReceivedMessage extends OpenedMessage {
  /**
   * Identifies the message: 22 characters, the same for every delivery of it and for every variant that a member can make
   * of it, in every tab, engine and run. {@link GroupEpoch.messageId} gives it to the sender.
   */
  readonly id: string
  /** The group that the message was sent in. */
  readonly groupId: Bytes
  /** uint64: the epoch that it was sealed in, the current one or a past one. */
  readonly epoch: bigint
}

/** How a message is received. */
export interface ReceiveOptions {
  /**
   * Stores the message in the application's own storage. The message is marked when this has resolved. If it throws, `receive`
   * throws the same error, and the message can be received again. While it runs, other tabs and workers that receive the
   * same message wait, and then get `replay`. If the page dies meanwhile, the next delivery is received with the same `id`,
   * so an application that stores by `id` has each message once. It must not wait for another `receive`: two that wait for each
   * other never end.
   */
  readonly keep?: ((received: ReceivedMessage) => unknown) | undefined
}

/** A message that is to be delivered. */
export interface Arrival extends ReceiveOptions {
  /** Whether to give it up, if it is not marked yet. */
  readonly isStopped?: () => boolean
}

/** A message that was opened, and where it is to be noted. */
export interface Found {
  /** Its bytes are the application's: nothing here may read them again. */
  readonly received: ReceivedMessage
  readonly groupId: Bytes
  readonly epoch: bigint
  readonly stamp: string
  /** 16 bytes. */
  readonly mark: Bytes
}

export interface Surroundings {
  readonly exclusively: Exclusively
  readonly maxMessageLength: number
}

/** How often a message is opened again because its epoch has changed meanwhile. */
const ATTEMPTS = 4

/** What {@link LoadedEpochs.get} throws for an epoch that is not kept. */
const notKept: readonly string[] = ['unknown-group', 'epoch-expired', 'epoch-ahead']

/** Opens messages, has them kept, and marks them. */
export class Deliveries {
  readonly #epochs: LoadedEpochs
  readonly #surroundings: Surroundings
  readonly #notes: GroupCommit<Note, NoteOutcome>

  constructor(store: InboxStore, epochs: LoadedEpochs, surroundings: Surroundings) {
    this.#epochs = epochs
    this.#surroundings = surroundings
    this.#notes = new GroupCommit((notes) => store.note(notes))
  }

  /** Copies the message before anything is awaited. */
  async deliver(message: Uint8Array, arrival: Arrival): Promise<Found> {
    if (arrival.keep !== undefined && typeof arrival.keep !== 'function') {
      throw invalidInput('keep must be a function')
    }
    const copy = copyMessage(message, this.#surroundings.maxMessageLength)
    const decoded = decodeTargetedMessage(copy)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.#open(decoded, copy.length)
      const outcome = found ? await this.#note(found, arrival) : 'gone'
      if (found && outcome === 'new') return found
      if (outcome === 'seen') throw fail('replay', 'the message was received before')
      if (outcome !== 'gone') break
      // Its epoch ended, or was left or entered again. What is stored now decides whether it can still be opened.
      this.#epochs.forget(decoded.groupId)
    }
    throw fail('storage', 'the store could not note that the message was received')
  }

  /** Undoes the mark of a message that was not handed out. */
  async withdraw(found: Found): Promise<void> {
    await this.#finally(found, 'withdraw')
  }

  /** Undefined if the keys that were used are out of date. */
  async #open(message: TargetedMessage, length: number): Promise<Found | undefined> {
    const { epoch } = message
    // Not a view: cloning a view copies the whole message.
    const groupId = message.groupId.slice()
    const loaded = await this.#epochs.get(groupId, epoch)
    const { stamp } = loaded
    try {
      checkMessageLength(length, loaded.maxMessageLength)
      const opener = await loaded.epoch()
      const { tbs, ...opened } = await opener.open(message)
      const mark = await markOf(opener.keys, tbs)
      const received = { id: idOf(mark), groupId: groupId.slice(), epoch, ...opened }
      return { received, groupId, epoch, stamp, mark }
    } catch (error) {
      // Another tab may have entered the epoch with other keys, and its notice not be here yet. The step changes nothing.
      const mark = new Uint8Array(MARK_LENGTH)
      const outcome = await this.#notes.add({ groupId, epoch, stamp, mark, step: 'withdraw' })
      if (outcome === 'gone') return undefined
      throw error
    }
  }

  /** Marks the message, or calls `keep` and then marks it. */
  async #note(found: Found, arrival: Arrival): Promise<NoteOutcome | undefined> {
    if (arrival.isStopped?.()) return undefined
    const outcome = arrival.keep ? 'claimed' : await this.#step(found, 'mark')
    if (outcome !== 'claimed') return outcome
    // It is to be kept here, or another one is keeping it, or has died while keeping it. The lock tells which.
    return this.#surroundings.exclusively(idOf(found.mark), () => this.#keep(found, arrival))
  }

  async #keep(found: Found, { keep, isStopped }: Arrival): Promise<NoteOutcome | undefined> {
    if (isStopped?.()) return undefined
    const claimed = await this.#step(found, 'claim')
    if (claimed !== 'new') return claimed
    if (!keep) return this.#step(found, 'confirm')
    await keep(found.received)
    return this.#finally(found, 'confirm')
  }

  /** The last step of a message. If its epoch has changed meanwhile, it is taken in the new state, unless the epoch is deleted. */
  async #finally(found: Found, step: NoteStep): Promise<NoteOutcome | undefined> {
    const { groupId, epoch } = found
    let { stamp } = found
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await this.#step({ ...found, stamp }, step)
      if (outcome !== 'gone') return outcome
      this.#epochs.forget(groupId)
      try {
        stamp = (await this.#epochs.get(groupId, epoch)).stamp
      } catch (error) {
        if (error instanceof TargetedMessageError && notKept.includes(error.code)) return 'new'
        throw error
      }
    }
    return undefined
  }

  #step({ groupId, epoch, stamp, mark }: Found, step: NoteStep): Promise<NoteOutcome | undefined> {
    return this.#notes.add({ groupId, epoch, stamp, mark, step })
  }
}
