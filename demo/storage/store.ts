/** The demo's own database. The keys of epochs, and which messages were received, are in each member's inbox. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Entry } from '../messenger/conversation.js'
import type { Home, MemberRecord } from '../messenger/record.js'
import type { Room } from '../messenger/room.js'
import { type Core, fromCore, toCore } from './core.js'
import { afterCleanup, endsWithPage } from './transaction.js'
import type { Stored, Vault } from './vault.js'

export const storeName = 'demo'

/** What can be read about a member without a passphrase. */
export interface Card {
  readonly name: string
  readonly home: Home
  /** The database of the member's inbox. Locking uses a new one, because the old one holds keys in the clear. */
  readonly inbox: string
  /** Of the passphrase; undefined for a member without one. */
  readonly salt: Uint8Array<ArrayBuffer> | undefined
}

interface Schema extends DBSchema {
  /** Under `current`, the one that a tab enters if its address names none; under its id, one that is no more. */
  rooms: { key: string; value: Room | 'gone' }
  /** The key is a room and a name. */
  members: { key: [string, string]; value: { readonly card: Card; readonly core: Stored<Core> } }
  /** The key ends with the position in the conversation. */
  entries: { key: [string, string, number]; value: Stored<Entry> }
}

export class RoomIsGone extends Error {
  constructor() {
    super('this group is no more')
  }
}

export interface Write {
  readonly card: Card
  readonly vault: Vault
  readonly record: MemberRecord
  /** What was written before. */
  readonly before?: MemberRecord
}

export class Store {
  readonly #database: IDBPDatabase<Schema>
  readonly #lost = new AbortController()

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
    const lose = (): void => this.#lost.abort()
    database.addEventListener('close', lose)
    database.addEventListener('versionchange', () => {
      lose()
      database.close()
    })
  }

  static async open(): Promise<Store> {
    const database = await openDB<Schema>(storeName, 2, {
      upgrade(created) {
        for (const name of created.objectStoreNames) created.deleteObjectStore(name)
        created.createObjectStore('rooms')
        created.createObjectStore('members')
        created.createObjectStore('entries')
      },
    })
    return new Store(database)
  }

  /** Aborted when the database was deleted under it. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  close(): void {
    this.#database.close()
  }

  async currentRoom(): Promise<Room | undefined> {
    const room = await endsWithPage(this.#database.transaction('rooms')).store.get('current')
    return room === 'gone' ? undefined : room
  }

  async enterRoom(room: Room): Promise<void> {
    const { store, done } = endsWithPage(this.#database.transaction('rooms', 'readwrite'))
    await Promise.all([store.put(room, 'current'), done])
  }

  async isGone({ id }: Room): Promise<boolean> {
    return (await endsWithPage(this.#database.transaction('rooms')).store.get(id)) === 'gone'
  }

  /** Their ids. */
  async goneRooms(): Promise<string[]> {
    const { store } = endsWithPage(this.#database.transaction('rooms'))
    return (await store.getAllKeys()).filter((id) => id !== 'current')
  }

  async cards({ id }: Room): Promise<Card[]> {
    const { store } = endsWithPage(this.#database.transaction('members'))
    return (await store.getAll(IDBKeyRange.bound([id], [id, []]))).map(({ card }) => card)
  }

  async card({ id }: Room, name: string): Promise<Card | undefined> {
    const { store } = endsWithPage(this.#database.transaction('members'))
    return (await store.get([id, name]))?.card
  }

  /** Names of all databases that belong to a member. */
  async inboxes(): Promise<ReadonlySet<string>> {
    const { store } = endsWithPage(this.#database.transaction('members'))
    return new Set((await store.getAll()).map(({ card }) => card.inbox))
  }

  /** Throws {@link LockedError} for a key other than the one that it was written with. */
  async load(room: Room, name: string, vault: Vault): Promise<MemberRecord | undefined> {
    const transaction = endsWithPage(this.#database.transaction(['members', 'entries']))
    const [row, stored] = await Promise.all([
      transaction.objectStore('members').get([room.id, name]),
      transaction.objectStore('entries').getAll(entriesOf(room, name)),
    ])
    if (!row) return undefined
    const core = await vault.open(row.core, placeOf(room, name))
    const opened = stored.map((entry, i) => vault.open(entry, placeOf(room, name, i)))
    return fromCore(name, core, await Promise.all(opened))
  }

  /** In one transaction: after a reload, state, outbox, cursor and conversation belong together. */
  async write(room: Room, writes: readonly Write[]): Promise<void> {
    const rows = await Promise.all(writes.map((write) => rowsOf(room, write)))
    await afterCleanup(() => this.#write(room, rows))
  }

  async #write(room: Room, rows: readonly Row[]): Promise<void> {
    const names = ['rooms', 'members', 'entries'] as const
    // Strict, so that it is on the disk before anything that it sealed is sent, even if the power fails.
    const transaction = endsWithPage(this.#database.transaction(names, 'readwrite', { durability: 'strict' }))
    // Another tab may have started a new group meanwhile.
    if ((await transaction.objectStore('rooms').get(room.id)) === 'gone') throw new RoomIsGone()
    const [members, entries] = [transaction.objectStore('members'), transaction.objectStore('entries')]
    await Promise.all([
      ...rows.map(({ card, core }) => members.put({ card, core }, [room.id, card.name])),
      ...rows.flatMap((row) =>
        row.entries.map(([i, entry]) => entries.put(entry, [room.id, row.card.name, i])),
      ),
      transaction.done,
    ])
  }

  /** Deletes all members of a room, notes that it has ended, and enters the next: in one transaction, so that no tab finds neither. */
  async replaceRoom({ id }: Room, next: Room): Promise<void> {
    const transaction = endsWithPage(this.#database.transaction(['rooms', 'members', 'entries'], 'readwrite'))
    const rooms = transaction.objectStore('rooms')
    await Promise.all([
      rooms.put(next, 'current'),
      rooms.put('gone', id),
      transaction.objectStore('members').delete(IDBKeyRange.bound([id], [id, []])),
      transaction.objectStore('entries').delete(IDBKeyRange.bound([id], [id, []])),
      transaction.done,
    ])
  }
}

interface Row extends Pick<Write, 'card'> {
  readonly core: Stored<Core>
  /** With their places. */
  readonly entries: readonly (readonly [number, Stored<Entry>])[]
}

/** The entries that changed since `before`; all of them without it. */
async function rowsOf(room: Room, { card, vault, record, before }: Write): Promise<Row> {
  const changed = [...record.conversation.entries()].filter(([i, entry]) => entry !== before?.conversation[i])
  const [core, ...entries] = await Promise.all([
    vault.seal(toCore(record), placeOf(room, card.name)),
    ...changed.map(async ([i, entry]) => [i, await vault.seal(entry, placeOf(room, card.name, i))] as const),
  ])
  return { card, core, entries }
}

const entriesOf = ({ id }: Room, name: string): IDBKeyRange => IDBKeyRange.bound([id, name], [id, name, []])

const placeOf = ({ id }: Room, name: string, i?: number): string => JSON.stringify([id, name, i ?? 'member'])
