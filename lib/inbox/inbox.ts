import { BoundedCache } from '../bounded-cache.js'
import { checkInteger, USAGE } from '../check.js'
import { digest } from '../crypto/kdf.js'
import type { Epoch } from '../epoch/epoch.js'
import { GroupEpoch, type OpenedMessage } from '../epoch/group-epoch.js'
import { checkMessageLength } from '../epoch/message-length.js'
import { type FromOptions, readRecord } from '../epoch/record.js'
import { checkStorageKey } from '../epoch/secrets.js'
import { attempt, fail, invalidInput } from '../errors.js'
import { decodeTargetedMessage } from '../targeted/structs.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import { encodeInput } from '../tls/writer.js'
import { IdbStore } from './idb-store.js'
import { MemoryStore } from './memory-store.js'
import { guarded, type InboxStore, type KeptEpoch } from './store.js'
import { checkKept, enterEpoch, pruneEpochs, type Window } from './window.js'

/** Where an inbox keeps its epochs, and for how long. */
export interface InboxOptions {
  /** Name of an IndexedDB database, one for each member; without it everything is in memory only. */
  readonly database?: string | undefined
  /** Instead of a database: where else to keep everything. */
  readonly store?: InboxStore | undefined
  /** How many epochs before the current one can still be opened: 0 to 16, 0 unless given. */
  readonly pastEpochs?: number | undefined
  /** For how many milliseconds after its end a past epoch is kept at the most; no limit unless given. */
  readonly maxAge?: number | undefined
  /** The key that all epochs are created with, if they are with one. */
  readonly storageKey?: CryptoKey | undefined
}

/** A message of one of the groups, received for the first time. */
export interface ReceivedMessage extends OpenedMessage {
  /** The group that the message was sent in. */
  readonly groupId: Bytes
  /** uint64: the epoch that it was sealed in, the current one or a past one. */
  readonly epoch: bigint
}

/** A group that was entered. */
export interface InboxGroup {
  /** A copy. */
  readonly groupId: Bytes
  /** uint64: the current one. */
  readonly epoch: bigint
}

/** Epochs whose keys are ready; the others are loaded when a message comes. */
const LOADED_EPOCHS = 16

const MAX_PAST_EPOCHS = 16

/**
 * The current and past epochs of all groups of one member, and which messages were received. Tabs and workers that
 * open the same database share it.
 */
export class Inbox {
  readonly #store: InboxStore
  readonly #window: Window
  readonly #storageKey: CryptoKey | undefined
  readonly #loaded = new BoundedCache<string, Epoch>(LOADED_EPOCHS)

  private constructor(store: InboxStore, window: Window, storageKey: CryptoKey | undefined) {
    this.#store = store
    this.#window = window
    this.#storageKey = storageKey
  }

  /** Opens the inbox, and ends the epochs that are past `maxAge`. Throws `invalid-input`, `storage`. */
  static open(options: InboxOptions = {}): Promise<Inbox> {
    return attempt(...USAGE, async () => {
      const { database, pastEpochs = 0, maxAge = Number.POSITIVE_INFINITY, storageKey } = options
      checkInteger(pastEpochs, 'pastEpochs', 0, MAX_PAST_EPOCHS)
      if (typeof maxAge !== 'number' || !(maxAge >= 0))
        throw invalidInput(`maxAge must be a number of milliseconds, not ${maxAge}`)
      if (storageKey) checkStorageKey(storageKey)
      const store =
        options.store ?? (database === undefined ? new MemoryStore() : await IdbStore.open(database))
      const inbox = new Inbox(guarded(store), { pastEpochs, maxAge }, storageKey)
      await inbox.prune().catch((error: unknown) => {
        if (!options.store) inbox.close()
        throw error
      })
      return inbox
    })
  }

  /**
   * Makes `epoch` its group's current one. In one transaction, the epochs that fall out of the window are deleted with
   * their keys and marks. Resolves when the epoch was read back and works. Throws `invalid-input` for an epoch that is
   * older than the current one, or that was created without the inbox's `storageKey`; `epoch-expired` where another tab
   * entered a newer one meanwhile; `storage`.
   */
  async enter(epoch: GroupEpoch): Promise<void> {
    const record = await attempt('invalid-input', 'enter takes a GroupEpoch', () => epoch.export())
    const { groupId } = record
    const isSealed = record.secrets.psk.kind === 'storage-key'
    if (isSealed !== (this.#storageKey !== undefined)) {
      throw invalidInput('the epoch and the inbox must have the same storageKey, or both none')
    }
    // A wrong storageKey is found before anything goes.
    await readRecord(record, { storageKey: this.#storageKey })
    await this.#store.change(groupId, (epochs) => ({
      epochs: enterEpoch(this.#window, epochs, record.epoch, Date.now()),
      record,
    }))
    this.#forget(groupId)
    const loaded = await this.#load(groupId, record.epoch)
    await readStored(() => loaded.proveKeyPair())
  }

  /**
   * Opens a message with its group's keys of its epoch, with all checks of {@link GroupEpoch.open}, and releases it
   * unless it was received before: `replay`. Throws as {@link GroupEpoch.open} does, and `storage` where it cannot be
   * noted that the message was received. After `epoch-ahead` it may be received again once the commit is processed.
   */
  async receive(message: Uint8Array): Promise<ReceivedMessage> {
    const copy = copyBytes(message, 'message')
    const decoded = decodeTargetedMessage(copy)
    const { groupId, epoch } = decoded
    checkKept(await this.#prune(groupId, await this.#store.epochs(groupId)), epoch)
    const loaded = await this.#load(groupId, epoch)
    checkMessageLength(copy.length, loaded.state.maxMessageLength)
    const { tbs, ...opened } = await loaded.open(decoded)
    // Only the sender can sign another TBS: what others can vary, re-encrypt or re-encode is not in it.
    const outcome = await this.#store.mark(
      groupId,
      epoch,
      await digest(loaded.keys.suite.kdf, encodeInput(tbs)),
    )
    if (outcome === 'seen') throw fail('replay', 'the message was received before')
    if (outcome === 'gone') throw fail('epoch-expired', `the keys of epoch ${epoch} are gone`)
    return { groupId: groupId.slice(), epoch, ...opened }
  }

  /** Forgets a group with its keys and marks. Throws `storage`. */
  async leave(groupId: Uint8Array): Promise<void> {
    const id = copyBytes(groupId, 'groupId')
    await this.#store.change(id, () => ({ epochs: [] }))
    this.#forget(id)
  }

  /** The current epoch of a group, to seal with; nothing for a group that was not entered. Throws `storage`. */
  async current(groupId: Uint8Array, options: FromOptions = {}): Promise<GroupEpoch | undefined> {
    const id = copyBytes(groupId, 'groupId')
    const [newest] = await this.#store.epochs(id)
    if (!newest) return undefined
    const record = await this.#store.record(id, newest.epoch)
    if (!record) return this.#currentAgain(id, newest, options)
    return readStored(() => GroupEpoch.from(record, { ...options, storageKey: this.#storageKey }))
  }

  /** Deletes the epochs that are past `maxAge`; `open` and `enter` do so as well. Throws `storage`. */
  async prune(): Promise<void> {
    for (const { groupId, epochs } of await this.#store.groups()) await this.#prune(groupId, epochs)
  }

  /** The groups that were entered. Throws `storage`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<InboxGroup, void, undefined> {
    for (const { groupId, epochs } of await this.#store.groups()) {
      if (epochs[0]) yield { groupId: groupId.slice(), epoch: epochs[0].epoch }
    }
  }

  /** Lets go of the database and of all keys in memory; every later call throws `storage`. */
  close(): void {
    this.#loaded.forget(() => true)
    this.#store.close()
  }

  /** Another tab has entered the next epoch, or left, since `seen` was the newest. */
  async #currentAgain(
    groupId: Bytes,
    seen: KeptEpoch,
    options: FromOptions,
  ): Promise<GroupEpoch | undefined> {
    const [newest] = await this.#store.epochs(groupId)
    if (newest?.epoch === seen.epoch) throw fail('storage', `the keys of epoch ${seen.epoch} are missing`)
    return this.current(groupId, options)
  }

  /** What is kept of the group; what it has no right to be is deleted. */
  async #prune(groupId: Bytes, epochs: readonly KeptEpoch[]): Promise<readonly KeptEpoch[]> {
    const kept = pruneEpochs(this.#window, epochs, Date.now())
    if (kept.length < epochs.length) {
      await this.#store.change(groupId, (now) => ({ epochs: pruneEpochs(this.#window, now, Date.now()) }))
      this.#forget(groupId)
    }
    return kept
  }

  #forget(groupId: Bytes): void {
    this.#loaded.forget((key) => key.endsWith(` ${groupId}`))
  }

  #load(groupId: Bytes, epoch: bigint): Promise<Epoch> {
    return this.#loaded.get(`${epoch} ${groupId}`, async () => {
      const record = await this.#store.record(groupId, epoch)
      if (!record) throw fail('epoch-expired', `the keys of epoch ${epoch} are gone`)
      return readStored(() => readRecord(record, { storageKey: this.#storageKey }))
    })
  }
}

/** Throws `storage` whatever is wrong with what was stored. */
const readStored = <T>(read: () => Promise<T>): Promise<T> =>
  read().catch((cause: unknown) => {
    throw fail(
      'storage',
      `a stored epoch cannot be read: ${cause instanceof Error ? cause.message : ''}`,
      cause,
    )
  })
