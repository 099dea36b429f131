import { MAX_UINT32 } from '../check-argument.js'
import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt, fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encode, opaque, uint32, uint64 } from '../tls/writer.js'
import { openDatabase, type Stores } from './idb-database.js'
import { IdbTransactions } from './idb-transactions.js'
import { MarkLog } from './mark-log.js'
import type { NoteOutcome } from './note-steps.js'
import {
  DEFAULT_WINDOW,
  type GroupChange,
  type InboxStore,
  type InboxWindow,
  isKept,
  type KeptGroup,
  type Listener,
  type Note,
  type StoredEpoch,
} from './store.js'

export interface IdbStoreOptions {
  /** Name of the database. */
  readonly name: string
  /** Of marks. Epochs that are entered and groups that are left are always written with 'strict'. */
  readonly durability: IDBTransactionDurability
}

/** How many logs of marks are kept in memory. The others are read when a message comes. */
const LOGS = 16

/** Keeps everything in an IndexedDB database, which tabs and workers of the origin share. */
export class IdbStore implements InboxStore {
  readonly #transactions: IdbTransactions
  readonly #durability: IDBTransactionDurability
  readonly #channel: BroadcastChannel
  readonly #listeners: Listener[] = []
  /** The key is {@link placeOf}. */
  readonly #logs = new Map<string, MarkLog>()
  #closed: string | undefined

  private constructor(
    database: IDBDatabase,
    channel: BroadcastChannel,
    durability: IDBTransactionDurability,
  ) {
    this.#transactions = new IdbTransactions(database)
    // An open connection would block the other page for ever.
    database.onversionchange = () => this.close('another page deleted or upgraded the database')
    database.onclose = () => this.close('the browser closed the database')
    this.#durability = durability
    this.#channel = channel
    channel.onmessage = ({ data }: MessageEvent<Change>) => this.#tell(data.groupId)
    globalThis.addEventListener?.('pageshow', this.#onPageShow)
  }

  /** Throws `storage` as {@link openDatabase} does, and where there is no BroadcastChannel. */
  static async open({ name, durability }: IdbStoreOptions): Promise<IdbStore> {
    const openChannel = () => new BroadcastChannel(`mls-targeted-messages ${name}`)
    const channel = await attempt('storage', 'this page has no BroadcastChannel', openChannel)
    try {
      return new IdbStore(await openDatabase(name), channel, durability)
    } catch (error) {
      channel.close()
      throw error
    }
  }

  window(change: Partial<InboxWindow>): Promise<InboxWindow> {
    return this.#within('readwrite', async (stores) => {
      const now = await windowIn(stores)
      const after = { ...now, ...change }
      // Opening an inbox with the window it has writes nothing, so that it works on a full disk.
      if (after.pastEpochs !== now.pastEpochs || after.maxAge !== now.maxAge) {
        stores.settings.put(after, WINDOW_KEY)
        // Whoever reads the window now waits for this transaction.
        this.#announce()
      }
      return after
    })
  }

  groups(): Promise<readonly KeptGroup[]> {
    return this.#within('readonly', ({ groups }) => groups.getAll())
  }

  read(groupId: Bytes, epoch?: bigint): Promise<StoredEpoch> {
    return this.#within('readonly', async (stores) => {
      const [group, window] = await Promise.all([stores.groups.get(groupKey(groupId)), windowIn(stores)])
      const wanted = epoch ?? group?.epochs[0]?.epoch
      const record = wanted === undefined ? wanted : await stores.records.get(recordKey(groupId, wanted))
      return { group, record, window }
    })
  }

  async change(
    groupId: Bytes,
    decide: (group: KeptGroup | undefined, window: InboxWindow) => GroupChange,
  ): Promise<void> {
    const change = async (stores: Stores): Promise<void> => {
      const { groups, records, marks } = stores
      const key = groupKey(groupId)
      const [before, window] = await Promise.all([groups.get(key), windowIn(stores)])
      const { group, record } = decide(before, window)
      if (group) groups.put(group, key)
      else groups.delete(key)
      for (const { epoch } of before?.epochs ?? []) {
        if (group?.epochs.some((kept) => kept.epoch === epoch)) continue
        records.delete(recordKey(groupId, epoch))
        marks.delete(logRange(groupId, epoch, 1))
      }
      if (record) {
        const place = recordKey(groupId, record.epoch)
        records.put(record, place)
        checkReadBack(await records.get(place))
      }
    }
    // Strict, so that deleted keys do not come back after a loss of power.
    await this.#within('readwrite', change, 'strict')
    this.#announce(groupId.slice())
  }

  async note(notes: readonly Note[]): Promise<readonly NoteOutcome[]> {
    const places = new Map<string, Note[]>()
    for (const note of notes) {
      const place = placeOf(note)
      const ofPlace = places.get(place)
      if (ofPlace) ofPlace.push(note)
      else places.set(place, [note])
    }
    const noting = async (stores: Stores): Promise<readonly NoteOutcome[]> => {
      const outcomes = new Map<Note, NoteOutcome | undefined>()
      const noteIn = async ([place, ofPlace]: [string, Note[]]): Promise<void> => {
        const found = await this.#noteIn(place, stores, ofPlace)
        for (const [i, note] of ofPlace.entries()) outcomes.set(note, found?.[i])
      }
      await Promise.all(Array.from(places, noteIn))
      return notes.map((note) => outcomes.get(note) ?? 'gone')
    }
    try {
      return await this.#within('readwrite', noting, this.#durability)
    } catch (error) {
      // Memory now has what the database does not.
      for (const place of places.keys()) this.#logs.delete(place)
      throw error
    }
  }

  watch(listener: Listener): void {
    this.#listeners.push(listener)
  }

  close(why = 'the inbox is closed'): void {
    if (this.#closed) return
    this.#closed = why
    this.#logs.clear()
    this.#channel.close()
    globalThis.removeEventListener?.('pageshow', this.#onPageShow)
    this.#transactions.close()
    // From now on nothing in memory may be used.
    this.#tell()
  }

  /** Notes for one epoch; undefined if the epoch is not kept. */
  async #noteIn(place: string, stores: Stores, notes: readonly Note[]): Promise<NoteOutcome[] | undefined> {
    const [first] = notes
    if (!first) return undefined
    const { groupId, epoch, stamp } = first
    const log = this.#logs.get(place) ?? new MarkLog()
    const [group, records] = await Promise.all([
      stores.groups.get(groupKey(groupId)),
      stores.marks.getAll(logRange(groupId, epoch, log.last + 1)),
    ])
    this.#logs.delete(place)
    if (!isKept(group, epoch, stamp)) return undefined
    if (this.#logs.size >= LOGS) this.#logs.clear()
    this.#logs.set(place, log)
    log.read(records)
    const { outcomes, record } = log.note(notes)
    if (record) {
      const { from, sequence } = record
      if (from < sequence) stores.marks.delete(logRange(groupId, epoch, from))
      stores.marks.put(record, logKey(groupId, epoch, sequence))
    }
    return outcomes
  }

  /** Tells the other instances, and the listeners of this one. */
  #announce(groupId?: Bytes): void {
    if (!this.#closed) this.#channel.postMessage({ groupId } satisfies Change)
    this.#tell(groupId)
  }

  #tell(groupId?: Bytes): void {
    for (const listener of this.#listeners) listener(groupId)
  }

  /** A page that comes back from the back-forward cache has missed all notices. */
  readonly #onPageShow = (): void => this.#tell()

  /** Runs `action` in a transaction. */
  async #within<T>(
    mode: IDBTransactionMode,
    action: (stores: Stores) => Promise<T>,
    durability: IDBTransactionDurability = 'relaxed',
  ): Promise<T> {
    if (this.#closed) throw fail('storage', this.#closed)
    return this.#transactions.run(action, mode, durability)
  }
}

/** The notice to other instances. */
interface Change {
  readonly groupId: Bytes | undefined
}

/** Which log a note belongs to. */
const placeOf = ({ groupId, epoch, stamp }: Note): string => `${stamp} ${epoch} ${groupId}`

/** The length before the group id keeps the keys of different groups apart. */
const groupKey = (groupId: Bytes): Bytes => encode(opaque(groupId))

const WINDOW_KEY = groupKey(new Uint8Array())

const windowIn = async ({ settings }: Stores): Promise<InboxWindow> => ({
  ...DEFAULT_WINDOW,
  ...(await settings.get(WINDOW_KEY)),
})

const recordKey = (groupId: Bytes, epoch: bigint): Bytes => encode(opaque(groupId), uint64(epoch))

const logKey = (groupId: Bytes, epoch: bigint, sequence: number): Bytes =>
  encode(opaque(groupId), uint64(epoch), uint32(sequence))

/** All records of an epoch's log from one on. */
const logRange = (groupId: Bytes, epoch: bigint, from: number): IDBKeyRange =>
  IDBKeyRange.bound(logKey(groupId, epoch, from), logKey(groupId, epoch, MAX_UINT32))

/** WebKit stores X25519 private keys without an error, and gives nothing back. */
function checkReadBack(record: GroupEpochRecord | undefined): void {
  const secrets = Object.values(record?.secrets ?? { lost: null })
  if (secrets.every((secret) => secret !== null && !(secret && 'key' in secret && secret.key === null)))
    return
  throw fail('storage', 'this browser did not give back the keys that it stored')
}
