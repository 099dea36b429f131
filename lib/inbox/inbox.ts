import { checkInteger, USAGE } from '../check-argument.js'
import type { CipherSuiteDescription } from '../crypto/suites.js'
import { GroupEpoch } from '../epoch/group-epoch.js'
import { DEFAULT_MAX_MESSAGE_LENGTH } from '../epoch/message-length.js'
import { type FromOptions, type GroupEpochRecord, readRecord } from '../epoch/record.js'
import { checkStorageKey } from '../epoch/secrets.js'
import { attempt, fail, invalidInput } from '../errors.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import { Deliveries, type ReceivedMessage, type ReceiveOptions, type Surroundings } from './deliveries.js'
import { IdbStore } from './idb-store.js'
import { LoadedEpochs, MAX_GROUP_ID_LENGTH } from './loaded-epochs.js'
import { exclusivelyIn, exclusivelyWith } from './locks.js'
import { MemoryStore } from './memory-store.js'
import { type Delivery, type ReceiveEachOptions, receiveInOrder } from './receive-each.js'
import { guarded, type InboxStore } from './store.js'
import { readStored } from './stored-record.js'
import { checkKept, checkWindow, enterEpoch, isDue } from './window.js'

/** Where an inbox keeps its epochs, and for how long. */
export interface InboxOptions {
  /** Name of an IndexedDB database, one for each member. Without it everything is in memory only. */
  readonly database?: string | undefined
  /** Instead of a database: where else to keep everything. */
  readonly store?: InboxStore | undefined
  /**
   * How many epochs before the current one can still be opened: 0 to 16. It is stored in the database, for everyone who
   * opens it. Unless given it stays as it is; in a new database it is 0. A smaller number deletes epochs only when the
   * group's next epoch is entered.
   */
  readonly pastEpochs?: number | undefined
  /**
   * For how many milliseconds after its end a past epoch is kept at most. It is stored in the database, like `pastEpochs`;
   * in a new one there is no limit. A shorter time deletes older epochs at once.
   */
  readonly maxAge?: number | undefined
  /** The `storageKey` that all epochs are created with, if they are created with one. */
  readonly storageKey?: CryptoKey | undefined
  /** The descriptions of cipher suites that epochs may be created with, besides the numbers of RFC 9420. */
  readonly cipherSuites?: Iterable<CipherSuiteDescription> | undefined
  /** Longer messages are refused before anything is copied or read: `too-large`. In bytes; 16 MiB unless given. */
  readonly maxMessageLength?: number | undefined
  /**
   * Of marks in a database. With 'strict' a message is released when the mark is on the disk. With 'relaxed', the default, it
   * is released when the operating system has the mark, so that a loss of power may let a message in again.
   */
  readonly durability?: 'relaxed' | 'strict' | undefined
}

/** A group that was entered. */
export interface InboxGroup {
  /** A copy. */
  readonly groupId: Bytes
  /** uint64: the current one. */
  readonly epoch: bigint
}

/**
 * The current and past epochs of all groups of one member, and which messages were received. Tabs and workers that
 * open the same database share it.
 */
export class Inbox {
  readonly #store: InboxStore
  readonly #reading: FromOptions
  readonly #epochs: LoadedEpochs
  readonly #deliveries: Deliveries

  private constructor(store: InboxStore, reading: FromOptions, surroundings: Surroundings) {
    this.#store = guarded(store)
    this.#reading = reading
    this.#epochs = new LoadedEpochs(this.#store, this.#reading)
    this.#deliveries = new Deliveries(this.#store, this.#epochs, surroundings)
  }

  /**
   * Opens the inbox, stores those parts of the window that are given, and ends the epochs that are past `maxAge`. It never
   * ends an epoch by its number. Throws `invalid-input`, `storage`.
   */
  static open(options: InboxOptions = {}): Promise<Inbox> {
    return attempt(...USAGE, async () => {
      // Read once, because the application may change its object meanwhile.
      const { database, store: given, storageKey, durability = 'relaxed' } = options
      const { pastEpochs, maxAge, maxMessageLength = DEFAULT_MAX_MESSAGE_LENGTH } = options
      const cipherSuites = [...(options.cipherSuites ?? [])]
      const window = checkWindow(pastEpochs, maxAge)
      if (storageKey)
        checkStorageKey(
          storageKey,
          cipherSuites.map(({ kem }) => kem),
        )
      checkInteger(maxMessageLength, 'maxMessageLength', 1)
      if (durability !== 'relaxed' && durability !== 'strict') {
        throw invalidInput(`durability must be 'relaxed' or 'strict', not ${durability}`)
      }
      const isInDatabase = !given && database !== undefined
      const store =
        given ?? (isInDatabase ? await IdbStore.open({ name: database, durability }) : new MemoryStore())
      const exclusively = isInDatabase ? exclusivelyIn(database) : exclusivelyWith(store)
      const inbox = new Inbox(store, { storageKey, cipherSuites }, { exclusively, maxMessageLength })
      try {
        await inbox.#store.window(window)
        await inbox.prune()
      } catch (error) {
        if (!given) inbox.close()
        throw error
      }
      return inbox
    })
  }

  /**
   * Makes `epoch` its group's current one. In one transaction, the epochs that fall out of the window are deleted with
   * their keys and marks. Resolves when the epoch has been read back and works: wait for that before you enter the next one.
   * Throws `invalid-input` for an epoch that is older than the current one, that is another member's, that was created
   * without the inbox's `storageKey`, or whose group id is longer than 1,024 bytes; `unsupported-cipher-suite` if the
   * inbox's `cipherSuites` lack its suite; `epoch-expired` or `unknown-group` if another tab has entered a newer one or left
   * the group meanwhile; `storage`.
   */
  async enter(epoch: GroupEpoch): Promise<void> {
    const { record, groupId } = await attempt('invalid-input', 'enter takes a GroupEpoch', () =>
      this.#checkedRecord(epoch),
    )
    const entered = { groupId, leafIndex: record.leafIndex, epoch: record.epoch }
    await this.#store.change(groupId, (group, window) => ({
      group: enterEpoch(group, window, entered, Date.now()),
      record,
    }))
    this.#epochs.forget(groupId)
    const loaded = await (await this.#epochs.get(groupId, record.epoch)).epoch()
    await loaded.proveKeyPair().catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : ''
      throw fail('storage', `the stored epoch does not work: ${why}`, cause)
    })
  }

  /**
   * Opens a message in its group and epoch, with all checks of {@link GroupEpoch.open}, and releases it unless it was
   * received before: `replay`. Throws as {@link GroupEpoch.open} does, and `storage` if the message cannot be marked as
   * received. After `epoch-ahead` it may be received again once the commit is processed.
   *
   * Without `keep` it is released at most once: if the page dies after the mark and before the use, it is lost. With `keep`
   * it is not lost, because the message is marked once `keep` has resolved. See {@link ReceiveOptions}.
   */
  async receive(message: Uint8Array, options: ReceiveOptions = {}): Promise<ReceivedMessage> {
    // Read now, because the application may change its object while the message is opened.
    return (await this.#deliveries.deliver(message, { keep: options?.keep })).received
  }

  /**
   * Receives a backlog: each message as {@link receive} does, several at a time. Yields the outcome of each, in the order of
   * the messages. The next messages are received even if one is refused. You can stop early, by `break` or `return`: then no
   * `keep` is running any more, and a message that was not yielded is not marked unless it was kept.
   */
  receiveEach(
    messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options: ReceiveEachOptions = {},
  ): AsyncGenerator<Delivery, void, undefined> {
    return receiveInOrder(this.#deliveries, messages, options)
  }

  /** Forgets a group with its keys and marks. Throws `invalid-input`, `storage`. */
  async leave(groupId: Uint8Array): Promise<void> {
    const id = copyBytes(groupId, 'groupId')
    await this.#store.change(id, () => ({ group: undefined }))
    this.#epochs.forget(id)
  }

  /**
   * The current epoch of a group, to seal with; undefined for a group that was not entered. `signaturePrivateKey` is the
   * function that signs, if the epoch was created with one. Throws `unsupported-cipher-suite` if the inbox's `cipherSuites`
   * lack its suite, `invalid-input`, `storage`.
   */
  async current(
    groupId: Uint8Array,
    options: Pick<FromOptions, 'signaturePrivateKey'> = {},
  ): Promise<GroupEpoch | undefined> {
    const id = copyBytes(groupId, 'groupId')
    const { group, record } = await this.#store.read(id)
    const [newest] = group?.epochs ?? []
    if (!newest) return undefined
    return readStored(record, checkKept(group, id, newest.epoch), (stored) =>
      GroupEpoch.from(stored, { ...options, ...this.#reading }),
    )
  }

  /** Ends the epochs that are past `maxAge`, as `open`, `enter` and messages of their group do. Throws `storage`. */
  async prune(): Promise<void> {
    const window = await this.#store.window({})
    for (const group of await this.#store.groups()) {
      if (isDue(group, window, Date.now())) await this.#epochs.prune(group.groupId)
    }
  }

  /** The groups that were entered. Throws `storage`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<InboxGroup, void, undefined> {
    for (const { groupId, epochs } of await this.#store.groups()) {
      if (epochs[0]) yield { groupId: groupId.slice(), epoch: epochs[0].epoch }
    }
  }

  /** Closes the database, and drops all keys in memory. Every later call throws `storage`. */
  close(): void {
    this.#epochs.forget()
    this.#store.close()
  }

  /** The record to store. It is read once, so that a wrong `storageKey` is found before anything is deleted. */
  async #checkedRecord(epoch: GroupEpoch): Promise<{ record: GroupEpochRecord; groupId: Bytes }> {
    const record = epoch.export()
    const isSealed = record.secrets.psk.kind === 'storage-key'
    if (isSealed !== (this.#reading.storageKey !== undefined)) {
      throw invalidInput('the epoch and the inbox must have the same storageKey, or neither may have one')
    }
    const { state } = await readRecord(record, this.#reading)
    if (state.groupId.length > MAX_GROUP_ID_LENGTH) {
      throw invalidInput(`an inbox takes group ids of at most ${MAX_GROUP_ID_LENGTH} bytes`)
    }
    return { record, groupId: state.groupId }
  }
}
