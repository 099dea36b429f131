/** Databases that belong to nobody any more. */

import { deleteDB } from 'idb'
import { localDatabase } from '../delivery/local.js'
import { isInboxName, type Room } from '../messenger/room.js'
import type { Store } from './store.js'

/** Which groups are no more: all tabs of this browser hear it. */
export const goneRooms = new BroadcastChannel('demo rooms')

/** Forgets a group in every tab. It is gone for those that are being loaded before it is gone for those that are open. */
export async function forget(room: Room, store: Store): Promise<void> {
  await store.forget(room)
  goneRooms.postMessage(room.id)
  await sweep(store)
}

/** Also what a tab left behind that was closed in the midst of it, or what lay in the clear before a passphrase. */
export async function sweep(store: Store): Promise<void> {
  const databases = await indexedDB.databases()
  // In this order: a database is made after the record that names it.
  const [inboxes, gone] = await Promise.all([store.inboxes(), store.goneRooms()])
  const isStray = (name: string): boolean =>
    (isInboxName(name) && !inboxes.has(name)) || gone.some((id) => name.startsWith(localDatabase(id)))
  const strays = databases.flatMap(({ name }) => (name !== undefined && isStray(name) ? [name] : []))
  await Promise.all(strays.map((name) => deleteDB(name)))
}
