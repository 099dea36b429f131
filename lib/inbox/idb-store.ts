import type { IDBPTransaction } from 'idb'
import { MAX_UINT32 } from '../check.js'
import type { GroupEpochRecord } from '../epoch/record.js'
import { fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { encode, opaque, uint32, uint64 } from '../tls/writer.js'
import { type Database, openDatabase, type Schema } from './idb-database.js'
import { MarkLog } from './mark-log.js'
import type { NoteOutcome } from './note-steps.js'
import {
  DEFAULT_WINDOW,
  type GroupChange,
  type InboxStore,
  type InboxWindow,
  type KeptGroup,
  type Note,
  type StoredEpoch,
} from './store.js'

type StoreName = 'settings' | 'groups' | 'records' | 'marks'
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, StoreName[], Mode>

export interface IdbStoreOptions {
  /** Name of the database. */
  readonly name: string
  /** Of marks; what is entered and left is always strict. */
  readonly durability: 'relaxed' | 'strict'
}

/** Logs of marks that are held in memory; the others are read when a message comes. */
const LOGS = 16

/** Keeps everything in an IndexedDB database, which tabs and workers of the origin share. */
export class IdbStore implements InboxStore {
  readonly #database: Database
  readonly #durability: 'relaxed' | 'strict'
  readonly #channel: BroadcastChannel
  readonly #listeners: ((groupId?: Bytes) => void)[] = []
  /** By {@link placeOf}, the latest used last. */
  readonly #logs = new Map<string, MarkLog>()
  #closed: string | undefined

  private constructor(database: Database, { name, durability }: IdbStoreOptions) {
    this.#database = database
    this.#durability = durability
    this.#channel = new BroadcastChannel(`mls-targeted-messages ${name}`)
    this.#channel.onmessage = ({ data }: MessageEvent<Change>) => this.#tell(data.groupId)
    globalThis.addEventListener?.('pageshow', this.#onPageShow)
  }

  /** Throws `storage` as {@link openDatabase} does. */
  static async open(options: IdbStoreOptions): Promise<IdbStore> {
    let store: IdbStore | undefined
    let lost: string | undefined
    const database = await openDatabase(options.name, (why) => {
      lost = why
      store?.close(why)
    })
    store = new IdbStore(database, options)
    if (lost) store.close(lost)
    return store
  }

  async window(change: Partial<InboxWindow>): Promise<InboxWindow> {
    if (Object.keys(change).length === 0) return this.#within('readonly', windowIn)
    const window = await this.#within('readwrite', async (transaction) => {
      const after = { ...(await windowIn(transaction)), ...change }
      await transaction.objectStore('settings').put(after, WINDOW)
      return after
    })
    this.#announce({})
    return window
  }

  groups(): Promise<readonly KeptGroup[]> {
    return this.#within('readonly', (transaction) => transaction.objectStore('groups').getAll())
  }

  read(groupId: Bytes, epoch?: bigint): Promise<StoredEpoch> {
    return this.#within('readonly', async (transaction) => {
      const recordOf = (wanted: bigint | undefined) =>
        wanted === undefined ? undefined : transaction.objectStore('records').get(recordKey(groupId, wanted))
      const reading = transaction.objectStore('groups').get(groupKey(groupId))
      const [group, record, window] = await Promise.all([
        reading,
        recordOf(epoch) ?? reading.then((known) => recordOf(known?.epochs[0]?.epoch)),
        windowIn(transaction),
      ])
      return { group, record, window }
    })
  }

  async change(
    groupId: Bytes,
    decide: (group: KeptGroup | undefined, window: InboxWindow) => GroupChange,
  ): Promise<void> {
    const change = async (transaction: Transaction<'readwrite'>): Promise<void> => {
      const groups = transaction.objectStore('groups')
      const records = transaction.objectStore('records')
      const [before, window] = await Promise.all([groups.get(groupKey(groupId)), windowIn(transaction)])
      const { group, record } = decide(before, window)
      const gone = (before?.epochs ?? []).filter(
        ({ epoch }) => !group?.epochs.some((kept) => kept.epoch === epoch),
      )
      await Promise.all([
        group ? groups.put(group, groupKey(groupId)) : groups.delete(groupKey(groupId)),
        ...gone.map(({ epoch }) => records.delete(recordKey(groupId, epoch))),
        ...gone.map(({ epoch }) => transaction.objectStore('marks').delete(logRange(groupId, epoch, 1))),
      ])
      if (!record) return
      const key = recordKey(groupId, record.epoch)
      await records.put(record, key)
      checkReadBack(await records.get(key))
    }
    // Strict, so that keys that went do not come back after a loss of power.
    await this.#within('readwrite', change, { durability: 'strict' })
    this.#announce({ groupId })
  }

  async note(notes: readonly Note[]): Promise<readonly NoteOutcome[]> {
    const places = new Set(notes.map(placeOf))
    const noting = async (transaction: Transaction<'readwrite'>): Promise<readonly NoteOutcome[]> => {
      const outcomes = new Map<Note, NoteOutcome>()
      await Promise.all(
        Array.from(places, async (place) => {
          const ofEpoch = notes.filter((note) => placeOf(note) === place)
          const found = await this.#noteInEpoch(transaction, ofEpoch)
          for (const [i, note] of ofEpoch.entries()) outcomes.set(note, found[i] ?? 'gone')
        }),
      )
      return notes.map((note) => outcomes.get(note) ?? 'gone')
    }
    try {
      return await this.#within('readwrite', noting, { durability: this.#durability })
    } catch (error) {
      // What was noted in memory is not in the database.
      for (const place of places) this.#logs.delete(place)
      throw error
    }
  }

  watch(listener: (groupId?: Bytes) => void): void {
    this.#listeners.push(listener)
  }

  close(why = 'the inbox is closed'): void {
    if (this.#closed) return
    this.#closed = why
    this.#logs.clear()
    this.#channel.close()
    globalThis.removeEventListener?.('pageshow', this.#onPageShow)
    this.#database.close()
    // Nothing is to be used any more that is held in memory.
    this.#tell()
  }

  async #noteInEpoch(
    transaction: Transaction<'readwrite'>,
    notes: readonly Note[],
  ): Promise<readonly NoteOutcome[]> {
    const [first] = notes
    if (!first) return []
    const { groupId, epoch, stamp } = first
    const place = placeOf(first)
    const marks = transaction.objectStore('marks')
    const log = this.#logs.get(place) ?? new MarkLog()
    const [group, records] = await Promise.all([
      transaction.objectStore('groups').get(groupKey(groupId)),
      marks.getAll(logRange(groupId, epoch, log.last + 1)),
    ])
    if (!group?.epochs.some((kept) => kept.epoch === epoch && kept.stamp === stamp)) {
      this.#logs.delete(place)
      return notes.map(() => 'gone')
    }
    log.read(records)
    this.#remember(place, log)
    const { outcomes, record } = log.note(notes)
    if (record) {
      const { from, sequence } = record
      await Promise.all([
        from < sequence && marks.delete(logRange(groupId, epoch, from)),
        marks.put(record, logKey(groupId, epoch, sequence)),
      ])
    }
    return outcomes
  }

  #remember(place: string, log: MarkLog): void {
    this.#logs.delete(place)
    this.#logs.set(place, log)
    if (this.#logs.size <= LOGS) return
    for (const oldest of this.#logs.keys()) {
      this.#logs.delete(oldest)
      break
    }
  }

  /** To the others and to whoever watches this instance. */
  #announce(change: Change): void {
    if (!this.#closed) this.#channel.postMessage(change)
    this.#tell(change.groupId)
  }

  #tell(groupId?: Bytes): void {
    for (const listener of this.#listeners) listener(groupId)
  }

  /** Who comes back from the back-forward cache has heard nothing meanwhile. */
  readonly #onPageShow = (event: Event): void => {
    if ('persisted' in event && event.persisted) this.#tell()
  }

  /** Runs `action` in a transaction. What it wrote is kept when this resolves, and undone when this throws. */
  async #within<T, Mode extends IDBTransactionMode>(
    mode: Mode,
    action: (transaction: Transaction<Mode>) => Promise<T>,
    options?: IDBTransactionOptions,
  ): Promise<T> {
    if (this.#closed) throw fail('storage', this.#closed)
    const transaction = this.#database.transaction(STORES, mode, options)
    const abort = (): void => {
      try {
        transaction.abort()
      } catch {
        // It has ended by itself.
      }
    }
    // WebKit puts a page away in the midst of a transaction, and what other pages do waits for it to end.
    globalThis.addEventListener?.('pagehide', abort)
    const ended = (): void => globalThis.removeEventListener?.('pagehide', abort)
    transaction.done.then(ended, ended)
    try {
      const result = await action(transaction)
      // What was read is right already, and Chromium takes another millisecond to end.
      if (mode === 'readwrite') await transaction.done
      return result
    } catch (error) {
      abort()
      throw error
    }
  }
}

/** Which log a note belongs to. */
const placeOf = ({ groupId, epoch, stamp }: Note): string => `${stamp} ${epoch} ${groupId}`

/** What other instances are told: the group that has changed, or that all may have. */
interface Change {
  readonly groupId?: Bytes
}

const STORES: StoreName[] = ['settings', 'groups', 'records', 'marks']

const WINDOW = 'window'

const windowIn = async (transaction: Transaction<IDBTransactionMode>): Promise<InboxWindow> =>
  (await transaction.objectStore('settings').get(WINDOW)) ?? DEFAULT_WINDOW

/** The lengths before group ids keep one group's keys apart from another's. */
const groupKey = (groupId: Bytes): Bytes => encode(opaque(groupId))

const recordKey = (groupId: Bytes, epoch: bigint): Bytes => encode(opaque(groupId), uint64(epoch))

const logKey = (groupId: Bytes, epoch: bigint, sequence: number): Bytes =>
  encode(opaque(groupId), uint64(epoch), uint32(sequence))

/** All records of an epoch's log from one on. */
const logRange = (groupId: Bytes, epoch: bigint, from: number): IDBKeyRange =>
  IDBKeyRange.bound(logKey(groupId, epoch, from), logKey(groupId, epoch, MAX_UINT32))

/** WebKit stores X25519 private keys without a complaint and gives nothing back. */
function checkReadBack(record: GroupEpochRecord | undefined): void {
  const { recordKey: key, ...secrets } = record?.secrets ?? { recordKey: null }
  const keys = Object.values(secrets).map((secret) => (secret?.kind === 'key' ? secret.key : undefined))
  if (record && ![key, ...keys].some((one) => one === null)) return
  throw fail('storage', 'this browser does not give back the keys that it stored')
}
