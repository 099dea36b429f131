/** The demo's own database. The epochs, and which messages were received, are in each member's inbox. */

import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Revision } from 'mls-targeted-messages'
import type { SuiteId } from '../scenario/suites.js'
import { endsWithPage } from '../transaction.js'
import { fromStored, type MemberRecord, type StoredRecord, toStored } from './record.js'

/** What everybody who wants to join has to know. */
export interface Room {
  readonly id: string
  readonly suite: SuiteId
  readonly revision: Revision
}

interface Schema extends DBSchema {
  /** Under the key `current`: the one that a tab enters if its address names none. */
  rooms: { key: string; value: Room }
  /** The key is a room and a name. */
  members: { key: [string, string]; value: StoredRecord }
}

export const inboxName = ({ id }: Room, name: string): string => `demo inbox ${id} ${name}`

export class Store {
  readonly #database: IDBPDatabase<Schema>

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
  }

  static async open(): Promise<Store> {
    const database = await openDB<Schema>('demo', 1, {
      upgrade(created) {
        created.createObjectStore('rooms')
        created.createObjectStore('members')
      },
    })
    return new Store(database)
  }

  currentRoom(): Promise<Room | undefined> {
    return endsWithPage(this.#database.transaction('rooms')).store.get('current')
  }

  async enterRoom(room: Room): Promise<void> {
    const { store, done } = endsWithPage(this.#database.transaction('rooms', 'readwrite'))
    await Promise.all([store.put(room, 'current'), done])
  }

  async members(room: Room): Promise<MemberRecord[]> {
    const { store } = endsWithPage(this.#database.transaction('members'))
    const stored = await store.getAll(everybody(room))
    return stored.map(fromStored)
  }

  async member(room: Room, name: string): Promise<MemberRecord | undefined> {
    const { store } = endsWithPage(this.#database.transaction('members'))
    const stored = await store.get([room.id, name])
    return stored && fromStored(stored)
  }

  /** All of it in one transaction: after a reload, state, cursor and conversation belong together. */
  async keep(room: Room, record: MemberRecord): Promise<void> {
    const { store, done } = endsWithPage(this.#database.transaction('members', 'readwrite'))
    await Promise.all([store.put(toStored(record), [room.id, record.name]), done])
  }

  /** Forgets all members of a room with their inboxes. */
  async forget(room: Room): Promise<void> {
    const { store, done } = endsWithPage(this.#database.transaction('members', 'readwrite'))
    const [members] = await Promise.all([store.getAll(everybody(room)), store.delete(everybody(room)), done])
    await Promise.all(members.map(({ name }) => deleteDB(inboxName(room, name))))
  }
}

const everybody = ({ id }: Room): IDBKeyRange => IDBKeyRange.bound([id], [id, []])
