/** What the app keeps beside the inbox: who the members are, and what came. Its page and its worker share it. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { hex } from '../scenario/fields.js'
import { endsWithPage } from '../storage/transaction.js'

/** Bob's inbox. */
export const database = 'push-demo'

/** Where the worker tells pages that something came. */
export const channelName = 'push-demo'

/** What became of a message. */
export type Arrival = {
  /** How many pages of the app were open. */
  readonly pages: number
} & ({ readonly from: string; readonly text: string } | { readonly refused: string; readonly why: string })

interface Schema extends DBSchema {
  /** By leaf. The key is a group and an epoch: in the next epoch a leaf can be somebody else's. */
  names: { key: string; value: readonly string[] }
  arrivals: { key: number; value: Arrival }
}

interface GroupInEpoch {
  readonly groupId: Uint8Array
  readonly epoch: bigint
}

const keyOf = ({ groupId, epoch }: GroupInEpoch): string => `${hex(groupId, groupId.length)} ${epoch}`

async function withShelf<T>(action: (shelf: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const shelf = await openDB<Schema>('push-demo-shelf', 1, {
    upgrade(created) {
      created.createObjectStore('names')
      created.createObjectStore('arrivals', { autoIncrement: true })
    },
  })
  try {
    return await action(shelf)
  } finally {
    shelf.close()
  }
}

/** Keeps the names of one epoch, as the inbox keeps its keys, and forgets all others. */
export const keepNames = (at: GroupInEpoch, names: readonly string[]): Promise<void> =>
  withShelf(async (shelf) => {
    const { store, done } = endsWithPage(shelf.transaction('names', 'readwrite'))
    await Promise.all([store.clear(), store.put(names, keyOf(at)), done])
  })

/** Who is at a leaf. */
export const nameOf = (at: GroupInEpoch, leafIndex: number): Promise<string> =>
  withShelf(async (shelf) => (await shelf.get('names', keyOf(at)))?.[leafIndex] ?? 'Somebody')

export const addArrival = (arrival: Arrival): Promise<number> =>
  withShelf((shelf) => shelf.add('arrivals', arrival))

/** What came since this was asked the last time. */
export const takeArrivals = (): Promise<readonly Arrival[]> =>
  withShelf(async (shelf) => {
    const { store, done } = endsWithPage(shelf.transaction('arrivals', 'readwrite'))
    const [arrivals] = await Promise.all([store.getAll(), store.clear(), done])
    return arrivals
  })
