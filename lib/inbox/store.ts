import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'

/** An epoch of a group that is kept. */
export interface KeptEpoch {
  /** uint64. */
  readonly epoch: bigint
  /** When the next epoch was entered, in milliseconds since 1970; nothing for the current epoch. */
  readonly endedAt: number | undefined
}

/** A group with the epochs that are kept, newest first; the first is the current one. */
export interface KeptGroup {
  /** Of any length. */
  readonly groupId: Bytes
  /** Newest first, and never none. */
  readonly epochs: readonly KeptEpoch[]
}

/** What a change of a group leaves. */
export interface GroupChange {
  /** What is kept from now on; everything else of the group goes. None: the group goes. */
  readonly epochs: readonly KeptEpoch[]
  /** The record of an epoch that comes. */
  readonly record?: GroupEpochRecord
}

/** `new`: noted. `seen`: it was noted before. `gone`: the epoch is not kept any more, and nothing was noted. */
export type MarkOutcome = 'new' | 'seen' | 'gone'

/** Where an inbox keeps epochs and marks. Every method is one transaction; what throws, throws `storage`. */
export interface InboxStore {
  /** The kept epochs of a group; none for a group that is not known. */
  epochs(groupId: Bytes): Promise<readonly KeptEpoch[]>
  /** The record of an epoch; nothing where it is not kept. */
  record(groupId: Bytes, epoch: bigint): Promise<GroupEpochRecord | undefined>
  /**
   * Lets `decide` see the kept epochs, and does what it says: stores the record, reads it back, and deletes the records
   * and marks of all epochs that are not kept. What `decide` throws leaves everything as it was.
   */
  change(groupId: Bytes, decide: (epochs: readonly KeptEpoch[]) => GroupChange): Promise<void>
  /** Notes a message of an epoch by its digest of KDF.Nh bytes, once. */
  mark(groupId: Bytes, epoch: bigint, digest: Bytes): Promise<MarkOutcome>
  /** All groups of which an epoch is kept. */
  groups(): Promise<readonly KeptGroup[]>
  /** Lets go of what is behind the store; every later call of the others throws `storage`. */
  close(): void
}

/** The same store; what else it throws is the cause of a `storage` error. */
export function guarded(store: InboxStore): InboxStore {
  const guard = <T>(action: () => Promise<T>): Promise<T> => attempt('storage', 'the store refused', action)
  return {
    epochs: (groupId) => guard(() => store.epochs(groupId)),
    record: (groupId, epoch) => guard(() => store.record(groupId, epoch)),
    change: (groupId, decide) => guard(() => store.change(groupId, decide)),
    mark: (groupId, epoch, digest) => guard(() => store.mark(groupId, epoch, digest)),
    groups: () => guard(() => store.groups()),
    close: () => store.close(),
  }
}
