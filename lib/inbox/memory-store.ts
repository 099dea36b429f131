import type { GroupEpochRecord } from '../epoch/record.js'
import { fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { MarkStates } from './mark-states.js'
import type { NoteOutcome } from './note-steps.js'
import {
  DEFAULT_WINDOW,
  type GroupChange,
  type InboxStore,
  type InboxWindow,
  isKept,
  type KeptGroup,
  type Listener,
  type Note,
  type StoredEpoch,
} from './store.js'

interface Group {
  readonly kept: KeptGroup
  readonly epochs: ReadonlyMap<
    bigint,
    { readonly record: GroupEpochRecord | undefined; readonly marks: MarkStates }
  >
}

/** The data that all instances share. */
class Shared {
  readonly groups = new Map<string, Group>()
  readonly listeners = new Set<Listener>()
  window = DEFAULT_WINDOW
}

/** Keeps everything in memory, as long as the page or process lives. */
export class MemoryStore implements InboxStore {
  readonly #shared: Shared
  readonly #listeners: Listener[] = []
  #isClosed = false

  constructor(shared = new Shared()) {
    this.#shared = shared
  }

  /** Another instance on the same data. */
  another(): MemoryStore {
    return new MemoryStore(this.#shared)
  }

  async window(change: Partial<InboxWindow>): Promise<InboxWindow> {
    this.#checkOpen()
    if (Object.keys(change).length === 0) return this.#shared.window
    this.#shared.window = { ...this.#shared.window, ...change }
    this.#tell()
    return this.#shared.window
  }

  async groups(): Promise<readonly KeptGroup[]> {
    this.#checkOpen()
    return Array.from(this.#shared.groups.values(), ({ kept }) => kept)
  }

  async read(groupId: Bytes, epoch?: bigint): Promise<StoredEpoch> {
    const group = this.#get(groupId)
    const wanted = epoch ?? group?.kept.epochs[0]?.epoch
    const record = wanted === undefined ? undefined : group?.epochs.get(wanted)?.record
    return { group: group?.kept, record, window: this.#shared.window }
  }

  async change(
    groupId: Bytes,
    decide: (group: KeptGroup | undefined, window: InboxWindow) => GroupChange,
  ): Promise<void> {
    const before = this.#get(groupId)
    const { group, record } = decide(before?.kept, this.#shared.window)
    if (group) {
      const epochs = group.epochs.map(({ epoch }) => {
        const known = before?.epochs.get(epoch)
        const now = record?.epoch === epoch ? record : known?.record
        return [epoch, { record: now, marks: known?.marks ?? new MarkStates() }] as const
      })
      this.#shared.groups.set(String(groupId), { kept: group, epochs: new Map(epochs) })
    } else this.#shared.groups.delete(String(groupId))
    this.#tell(groupId)
  }

  async note(notes: readonly Note[]): Promise<readonly NoteOutcome[]> {
    return notes.map(({ groupId, epoch, stamp, mark, step }) => {
      const group = this.#get(groupId)
      const marks = group?.epochs.get(epoch)?.marks
      if (!marks || !isKept(group.kept, epoch, stamp)) return 'gone'
      return marks.step(mark, step)[1]
    })
  }

  watch(listener: Listener): void {
    this.#listeners.push(listener)
    this.#shared.listeners.add(listener)
  }

  close(): void {
    this.#isClosed = true
    for (const listener of this.#listeners) this.#shared.listeners.delete(listener)
  }

  #get(groupId: Bytes): Group | undefined {
    this.#checkOpen()
    return this.#shared.groups.get(String(groupId))
  }

  #tell(groupId?: Bytes): void {
    for (const listener of this.#shared.listeners) listener(groupId)
  }

  #checkOpen(): void {
    if (this.#isClosed) throw fail('storage', 'the inbox is closed')
  }
}
