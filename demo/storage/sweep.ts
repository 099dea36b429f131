/** Deletes databases that belong to no member any more. */

import { deleteDB } from 'idb'
import { localDatabase } from '../delivery/local.js'
import { isInboxName, type Room } from '../messenger/room.js'
import type { Store } from './store.js'

/** Tells all tabs of this browser which groups have ended. */
export const goneRooms = new BroadcastChannel('demo rooms')

interface Forgetting {
  readonly store: Store
  readonly next: Room
}

/** Deletes a group in every tab and enters the next: first for tabs that are being loaded, then for tabs that are open. */
export async function forget(room: Room, { store, next }: Forgetting): Promise<void> {
  await store.replaceRoom(room, next)
  goneRooms.postMessage(room.id)
  await sweep(store)
}

/** Includes what a tab left behind when it was closed in between, and what was in the clear before a passphrase was set. */
export async function sweep(store: Store): Promise<void> {
  const databases = await indexedDB.databases()
  // In this order, because a database is created after the record that names it.
  const [inboxes, gone] = await Promise.all([store.inboxes(), store.goneRooms()])
  const isStray = (name: string): boolean =>
    (isInboxName(name) && !inboxes.has(name)) || gone.some((id) => name.startsWith(localDatabase(id)))
  const strays = databases.flatMap(({ name }) => (name !== undefined && isStray(name) ? [name] : []))
  await Promise.all(strays.map((name) => deleteDB(name)))
}
