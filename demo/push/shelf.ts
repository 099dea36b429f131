/** What the app stores beside the inbox: the members' names, what arrived, and what waits. Its page and its worker share it. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { hex } from '../scenario/fields.js'
import { endsWithPage } from '../storage/transaction.js'

/** Bob's inbox. */
export const database = 'push-demo'

/** Where the worker tells pages that something came. */
export const channelName = 'push-demo'

/** The outcome of a message. */
export type Arrival = {
  /** The message's, or a random one for what was not opened. */
  readonly id: string
  readonly at: number
  /** How many pages of the app were open. */
  readonly pages: number
} & ({ readonly from: string; readonly text: string } | { readonly refused: string; readonly why: string })

interface Schema extends DBSchema {
  /** By leaf. The key is a group and an epoch: in the next epoch a leaf can be somebody else's. */
  names: { key: string; value: readonly string[] }
  /** The key is the id, so a message that is stored twice is there once. */
  arrivals: { key: string; value: Arrival }
  /** Sealed, until their epoch is entered. */
  early: { key: string; value: Uint8Array }
}

interface GroupInEpoch {
  readonly groupId: Uint8Array
  readonly epoch: bigint
}

const keyOf = ({ groupId, epoch }: GroupInEpoch): string => `${hex(groupId, groupId.length)} ${epoch}`

async function withShelf<T>(action: (shelf: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const shelf = await openDB<Schema>('push-demo-shelf', 2, {
    upgrade(created) {
      for (const name of created.objectStoreNames) created.deleteObjectStore(name)
      for (const name of ['names', 'arrivals', 'early'] as const) created.createObjectStore(name)
    },
  })
  try {
    return await action(shelf)
  } finally {
    shelf.close()
  }
}

/** Keeps the names of these epochs, as the inbox keeps its keys, and forgets all others. */
export const keepNames = (epochs: readonly GroupInEpoch[], names: readonly string[]): Promise<void> =>
  withShelf(async (shelf) => {
    const { store, done } = endsWithPage(shelf.transaction('names', 'readwrite'))
    await Promise.all([store.clear(), ...epochs.map((at) => store.put(names, keyOf(at))), done])
  })

/** Who is at a leaf. */
export const nameOf = (at: GroupInEpoch, leafIndex: number): Promise<string> =>
  withShelf(async (shelf) => (await shelf.get('names', keyOf(at)))?.[leafIndex] ?? 'Somebody')

export const keepArrival = (arrival: Arrival): Promise<void> =>
  withShelf(async (shelf) => {
    await shelf.put('arrivals', arrival, arrival.id)
  })

/** In the order in which they came. */
export const arrivals = (): Promise<readonly Arrival[]> =>
  withShelf(async (shelf) => (await shelf.getAll('arrivals')).sort((a, b) => a.at - b.at))

/** A limit, because anybody who can push could fill the disk with them. */
const mostEarly = 100

export const keepEarly = (message: Uint8Array): Promise<void> =>
  withShelf(async (shelf) => {
    const key = hex(message, message.length)
    if ((await shelf.count('early')) < mostEarly) await shelf.put('early', message, key)
  })

/** Each is deleted once it was taken; those that are still early stay. */
export const takeEarly = (take: (message: Uint8Array) => Promise<Arrival>): Promise<void> =>
  withShelf(async (shelf) => {
    for (const key of await shelf.getAllKeys('early')) {
      const message = await shelf.get('early', key)
      const arrival = message && (await take(message))
      if (!arrival || !('refused' in arrival) || arrival.refused !== 'epoch-ahead')
        await shelf.delete('early', key)
    }
  })
