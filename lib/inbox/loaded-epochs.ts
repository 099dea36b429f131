import { BoundedCache } from '../bounded-cache.js'
import type { Epoch } from '../epoch/epoch.js'
import { type FromOptions, readRecord } from '../epoch/record.js'
import type { Bytes } from '../tls/bytes.js'
import type { InboxStore } from './store.js'
import { readStored } from './stored-record.js'
import { checkKept, isDue, pruneGroup } from './window.js'

/** How many epochs are kept loaded. The others are read when a message comes. */
const CAPACITY = 16

/** No group with a longer id is entered. A message may name one of megabytes, which takes a second as a key of a Map. */
export const MAX_GROUP_ID_LENGTH = 1024

/** The epochs of a store for which messages have come. When the store reports a change, they are read again. */
export class LoadedEpochs {
  readonly #store: InboxStore
  readonly #options: FromOptions
  readonly #loaded = new BoundedCache<string, LoadedEpoch>(CAPACITY)

  constructor(store: InboxStore, options: FromOptions) {
    this.#store = store
    this.#options = options
    store.watch((groupId) => this.forget(groupId))
  }

  /** Throws `unknown-group`, `epoch-ahead`, `epoch-expired`, `storage`. */
  async get(groupId: Bytes, epoch: bigint): Promise<LoadedEpoch> {
    if (groupId.length > MAX_GROUP_ID_LENGTH) checkKept(undefined, groupId, epoch)
    const loaded = await this.#get(groupId, epoch)
    if (!loaded.isDue()) return loaded
    this.forget(groupId)
    return this.#get(groupId, epoch)
  }

  /** Ends the group's epochs that are past `maxAge`. */
  async prune(groupId: Bytes): Promise<void> {
    await this.#store.change(groupId, (group, window) => ({
      group: group && pruneGroup(group, window, Date.now()),
    }))
    this.forget(groupId)
  }

  /** Drops a group's keys, or all keys. */
  forget(groupId?: Bytes): void {
    this.#loaded.forget((key) => groupId === undefined || key.endsWith(` ${groupId}`))
  }

  #get(groupId: Bytes, epoch: bigint): Promise<LoadedEpoch> {
    return this.#loaded.get(`${epoch} ${groupId}`, async () => {
      let { group, record, window } = await this.#store.read(groupId, epoch)
      if (group && isDue(group, window, Date.now())) {
        await this.prune(groupId)
        ;({ group, record, window } = await this.#store.read(groupId, epoch))
      }
      const place = checkKept(group, groupId, epoch)
      return {
        stamp: place.kept.stamp,
        // Without a record, loading throws.
        maxMessageLength: record?.maxMessageLength ?? Number.POSITIVE_INFINITY,
        isDue: () => isDue(place.group, window, Date.now()),
        epoch: once(() => readStored(record, place, (stored) => readRecord(stored, this.#options))),
      }
    })
  }
}

/** An epoch as it was when it was read. */
export interface LoadedEpoch {
  /** Of its {@link KeptEpoch}. */
  readonly stamp: string
  /** Longer messages are refused before a key is imported. In bytes. */
  readonly maxMessageLength: number
  /** Whether an epoch of its group is past `maxAge`. */
  readonly isDue: () => boolean
  /** With its keys. Throws `storage`. */
  readonly epoch: () => Promise<Epoch>
}

/** Calls `make` on first use. A failure may be temporary, so it is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
