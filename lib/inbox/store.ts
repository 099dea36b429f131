import type { GroupEpochRecord } from '../epoch/record.js'
import { attempt } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import type { NoteOutcome, NoteStep } from './note-steps.js'

/** Which past epochs are kept. */
export interface InboxWindow {
  /** How many epochs back from the current one. */
  readonly pastEpochs: number
  /** For how many milliseconds after its end a past epoch is kept; `Infinity` for no limit. */
  readonly maxAge: number
}

/** The window of a database in which none was set. */
export const DEFAULT_WINDOW: InboxWindow = { pastEpochs: 0, maxAge: Number.POSITIVE_INFINITY }

/** An epoch of a group that is kept. */
export interface KeptEpoch {
  /** uint64. */
  readonly epoch: bigint
  /** When the next epoch was entered, in milliseconds since 1970; undefined for the current epoch. */
  readonly endedAt: number | undefined
  /** Random, and new whenever the epoch is entered or ends. Data that was loaded under another stamp is out of date. */
  readonly stamp: string
}

/** A group with the epochs that are kept. */
export interface KeptGroup {
  /** Of any length. */
  readonly groupId: Bytes
  /** The own leaf, a uint32. It stays the same until the group is left. */
  readonly leafIndex: number
  /** Newest first, at least one; the first is the current one. */
  readonly epochs: readonly KeptEpoch[]
}

/** Whether an epoch of the group is kept under this stamp. */
export const isKept = (group: KeptGroup | undefined, epoch: bigint, stamp: string): boolean =>
  group?.epochs.some((kept) => kept.epoch === epoch && kept.stamp === stamp) ?? false

/** What a store returns for one epoch. */
export interface StoredEpoch {
  /** Undefined for an unknown group. */
  readonly group: KeptGroup | undefined
  /** Undefined if the epoch is not kept. */
  readonly record: GroupEpochRecord | undefined
  /** As it is stored. */
  readonly window: InboxWindow
}

/** The result of a change of a group. */
export interface GroupChange {
  /** The group from now on: epochs that are not in it are deleted. Undefined deletes the group. */
  readonly group: KeptGroup | undefined
  /** The record of a new epoch. */
  readonly record?: GroupEpochRecord
}

/** Something to note about a message. */
export interface Note {
  /** The group of the message. */
  readonly groupId: Bytes
  /** uint64. */
  readonly epoch: bigint
  /** Of the {@link KeptEpoch} that the message was opened with. */
  readonly stamp: string
  /** 16 bytes that no other message has. */
  readonly mark: Bytes
  /** The step to take. */
  readonly step: NoteStep
}

/** Called with the group that has changed, or without one if all may have. */
export type Listener = (groupId?: Bytes) => void

/**
 * Where an inbox keeps epochs and marks. Every method is one transaction: completely done when the promise resolves, and not
 * at all when it rejects. `inboxStoreContract` of `mls-targeted-messages/inbox-store` tests it.
 */
export interface InboxStore {
  /** Stores the given parts of the window, and resolves to the whole window. */
  window(change: Partial<InboxWindow>): Promise<InboxWindow>
  /** All groups with an epoch that is kept. */
  groups(): Promise<readonly KeptGroup[]>
  /** A group with the record of one epoch; of the current one if no epoch is named. */
  read(groupId: Bytes, epoch?: bigint): Promise<StoredEpoch>
  /**
   * Calls `decide` with the group, and applies the result: stores the record, reads it back, and deletes the records and
   * marks of all epochs that are not kept. If `decide` throws, nothing changes.
   */
  change(
    groupId: Bytes,
    decide: (group: KeptGroup | undefined, window: InboxWindow) => GroupChange,
  ): Promise<void>
  /**
   * Takes each step in order, as in `noteSteps`, and returns one outcome for each: 'gone' if the epoch is not kept under
   * this stamp.
   */
  note(notes: readonly Note[]): Promise<readonly NoteOutcome[]>
  /**
   * Calls `listener` with the id of every group that has changed, or without one if all may have, whether this instance or
   * another one on the same data has made the change.
   */
  watch(listener: Listener): void
  /** Releases the store's resources. Every later call of the other methods rejects. */
  close(): void
}

/** The same store, whose errors become `storage` errors with a cause. */
export function guarded(store: InboxStore): InboxStore {
  const guard = <T>(name: keyof InboxStore, action: () => Promise<T>): Promise<T> =>
    attempt('storage', `the store's ${name} failed`, action)
  const given = <T extends object>(name: keyof InboxStore, action: () => Promise<T>): Promise<T> =>
    guard(name, async () => {
      const result = await action()
      if (typeof result === 'object' && result !== null) return result
      throw new TypeError('it resolved to nothing')
    })
  return {
    window: (change) => given('window', () => store.window(change)),
    groups: () => given('groups', () => store.groups()),
    read: (groupId, epoch) => given('read', () => store.read(groupId, epoch)),
    change: (groupId, decide) => guard('change', () => store.change(groupId, decide)),
    note: (notes) => given('note', () => store.note(notes)),
    watch: (listener) => store.watch(listener),
    close: () => store.close(),
  }
}
