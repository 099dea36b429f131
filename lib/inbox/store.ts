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
  /** When the next epoch was entered, in milliseconds since 1970; nothing for the current epoch. */
  readonly endedAt: number | undefined
  /** Random, and new whenever the epoch is entered or ends: what was loaded under another stamp is out of date. */
  readonly stamp: string
}

/** A group with the epochs that are kept. */
export interface KeptGroup {
  /** Of any length. */
  readonly groupId: Bytes
  /** The own leaf, a uint32: it stays the same as long as the group is not left. */
  readonly leafIndex: number
  /** Newest first, and never none; the first is the current one. */
  readonly epochs: readonly KeptEpoch[]
}

/** Whether an epoch of the group is kept under this stamp. */
export const isKept = (group: KeptGroup | undefined, epoch: bigint, stamp: string): boolean =>
  group?.epochs.some((kept) => kept.epoch === epoch && kept.stamp === stamp) ?? false

/** What a store gives of one epoch. */
export interface StoredEpoch {
  /** Nothing for a group that is not known. */
  readonly group: KeptGroup | undefined
  /** Nothing where the epoch is not kept. */
  readonly record: GroupEpochRecord | undefined
  /** As it is stored. */
  readonly window: InboxWindow
}

/** What a change of a group leaves. */
export interface GroupChange {
  /** The group from now on: every epoch that is not in it goes. Nothing: the group goes. */
  readonly group: KeptGroup | undefined
  /** The record of an epoch that comes. */
  readonly record?: GroupEpochRecord
}

/** Something to note of a message. */
export interface Note {
  /** The group of the message. */
  readonly groupId: Bytes
  /** uint64. */
  readonly epoch: bigint
  /** Of the {@link KeptEpoch} that the message was opened with. */
  readonly stamp: string
  /** 16 bytes that no other message has. */
  readonly mark: Bytes
  /** What is noted of it. */
  readonly step: NoteStep
}

/** Hears of the group that has changed; of none when all may have. */
export type Listener = (groupId?: Bytes) => void

/**
 * Where an inbox keeps epochs and marks. Every method is one transaction: it is done as a whole when the promise
 * resolves, and not at all when it rejects. `inboxStoreContract` of `mls-targeted-messages/inbox-store` tests it.
 */
export interface InboxStore {
  /** Stores what is given of the window, and resolves to all of it. */
  window(change: Partial<InboxWindow>): Promise<InboxWindow>
  /** All groups of which an epoch is kept. */
  groups(): Promise<readonly KeptGroup[]>
  /** A group with the record of one epoch; of the current one if no epoch is named. */
  read(groupId: Bytes, epoch?: bigint): Promise<StoredEpoch>
  /**
   * Lets `decide` see the group, and does what it says: stores the record, reads it back, and deletes the records and
   * marks of all epochs that are not kept. What `decide` throws leaves everything as it was.
   */
  change(
    groupId: Bytes,
    decide: (group: KeptGroup | undefined, window: InboxWindow) => GroupChange,
  ): Promise<void>
  /**
   * Takes each step, in order, as `noteSteps` has it, and gives one outcome for each: 'gone' where the epoch is not kept
   * under this stamp.
   */
  note(notes: readonly Note[]): Promise<readonly NoteOutcome[]>
  /**
   * Calls `listener` with the id of every group that has changed, and without one when all may have: whoever made the
   * change, this instance or another one on the same data.
   */
  watch(listener: Listener): void
  /** Lets go of what is behind the store; every later call of the others rejects. */
  close(): void
}

/** The same store; whatever else it throws is the cause of a `storage` error. */
export function guarded(store: InboxStore): InboxStore {
  const guard = <T>(action: () => Promise<T>): Promise<T> => attempt('storage', 'the store refused', action)
  return {
    window: (change) => guard(() => store.window(change)),
    groups: () => guard(() => store.groups()),
    read: (groupId, epoch) => guard(() => store.read(groupId, epoch)),
    change: (groupId, decide) => guard(() => store.change(groupId, decide)),
    note: (notes) => guard(() => store.note(notes)),
    watch: (listener) => store.watch(listener),
    close: () => store.close(),
  }
}
