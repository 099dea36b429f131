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
   * Tells the message from all others: 22 characters, the same for every delivery of it and for every variant that a
   * member can make of it, in every tab, engine and run. {@link GroupEpoch.messageId} gives it to the sender.
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
   * Puts the message where the application keeps it. The message is marked when this has resolved. If it throws, its error
   * comes out of `receive` as it is, and the message can be received again. While it runs, nobody else receives the
   * same message: other tabs and workers wait, and get `replay`. If the page dies meanwhile, the next delivery is
   * received, with the same `id`: so who puts by `id` has each message once. It must not wait for the same message.
   */
  readonly keep?: ((received: ReceivedMessage) => unknown) | undefined
}

/** A message that is to be delivered. */
export interface Arrival extends ReceiveOptions {
  /** Whether it is to be given up, if it is not marked yet. */
  readonly isStopped?: () => boolean
}

/** A message that was opened, and where it is to be noted. */
export interface Found {
  readonly received: ReceivedMessage
  readonly stamp: string
  /** 16 bytes. */
  readonly mark: Bytes
}

interface Surroundings {
  readonly exclusively: Exclusively
  readonly maxMessageLength: number
}

/** How often a message is opened anew because its epoch has changed meanwhile. */
const ATTEMPTS = 4

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
      // Its epoch ended, or was left or entered again: what is stored now says whether it can still be opened.
      this.#epochs.forget(decoded.groupId)
    }
    throw fail('storage', 'the store could not note that the message was received')
  }

  /** Undoes the mark of a message that nobody was given. */
  async withdraw(found: Found): Promise<void> {
    await this.#step(found, 'withdraw')
  }

  /** Nothing where the keys that it was tried with are out of date. */
  async #open(message: TargetedMessage, length: number): Promise<Found | undefined> {
    // Not a view, which would take the whole message along wherever it is cloned.
    const groupId = message.groupId.slice()
    const loaded = await this.#epochs.get(groupId, message.epoch)
    const { stamp } = loaded
    try {
      checkMessageLength(length, loaded.maxMessageLength)
      const epoch = await loaded.epoch()
      const { tbs, ...opened } = await epoch.open(message)
      const mark = await markOf(epoch.keys, tbs)
      return { received: { id: idOf(mark), groupId, epoch: message.epoch, ...opened }, stamp, mark }
    } catch (error) {
      // Another tab may have entered the epoch with other keys, and not been heard yet. The step changes nothing.
      const mark = new Uint8Array(MARK_LENGTH)
      const outcome = await this.#notes.add({ groupId, epoch: message.epoch, stamp, mark, step: 'withdraw' })
      if (outcome === 'gone') return undefined
      throw error
    }
  }

  /** Marks it, or has it kept and then marks it. */
  async #note(found: Found, arrival: Arrival): Promise<NoteOutcome | undefined> {
    if (arrival.isStopped?.()) return undefined
    const outcome = arrival.keep ? 'claimed' : await this.#step(found, 'mark')
    if (outcome !== 'claimed') return outcome
    // To be kept here; or somebody is about to keep it, or died over it: the lock tells which.
    return this.#surroundings.exclusively(found.received.id, () => this.#keep(found, arrival))
  }

  async #keep(found: Found, { keep, isStopped }: Arrival): Promise<NoteOutcome | undefined> {
    if (isStopped?.()) return undefined
    const claimed = await this.#step(found, 'claim')
    if (claimed !== 'new') return claimed
    if (!keep) return this.#step(found, 'confirm')
    await keep(found.received)
    const outcome = await this.#step(found, 'confirm')
    return outcome === 'gone' ? this.#confirmAgain(found) : outcome
  }

  /** The message is kept, and its epoch has changed meanwhile: it is marked there, unless the epoch went with all marks. */
  async #confirmAgain(found: Found): Promise<NoteOutcome | undefined> {
    const { groupId, epoch } = found.received
    this.#epochs.forget(groupId)
    try {
      const { stamp } = await this.#epochs.get(groupId, epoch)
      return await this.#step({ ...found, stamp }, 'confirm')
    } catch (error) {
      const isGone =
        error instanceof TargetedMessageError && ['unknown-group', 'epoch-expired'].includes(error.code)
      if (isGone) return 'new'
      throw error
    }
  }

  #step(
    { received: { groupId, epoch }, stamp, mark }: Found,
    step: NoteStep,
  ): Promise<NoteOutcome | undefined> {
    return this.#notes.add({ groupId, epoch, stamp, mark, step })
  }
}
