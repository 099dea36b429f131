import type { GroupEpochRecord } from '../epoch/record.js'
import { fail } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { addMark, bucketOf } from './marks.js'
import type { GroupChange, InboxStore, KeptEpoch, KeptGroup, MarkOutcome } from './store.js'

interface StoredEpoch {
  readonly record: GroupEpochRecord
  readonly marks: Map<number, Bytes>
}

interface StoredGroup extends KeptGroup {
  readonly stored: ReadonlyMap<bigint, StoredEpoch>
}

/** Keeps everything as long as the page or process lives. */
export class MemoryStore implements InboxStore {
  readonly #groups = new Map<string, StoredGroup>()
  #closed = false

  async epochs(groupId: Bytes): Promise<readonly KeptEpoch[]> {
    return this.#get(groupId)?.epochs ?? []
  }

  async record(groupId: Bytes, epoch: bigint): Promise<GroupEpochRecord | undefined> {
    return this.#get(groupId)?.stored.get(epoch)?.record
  }

  async change(groupId: Bytes, decide: (epochs: readonly KeptEpoch[]) => GroupChange): Promise<void> {
    const group = this.#get(groupId)
    const { epochs, record } = decide(group?.epochs ?? [])
    const stored = new Map<bigint, StoredEpoch>()
    for (const { epoch } of epochs) {
      const before = group?.stored.get(epoch)
      const marks = before?.marks ?? new Map<number, Bytes>()
      if (record?.epoch === epoch) stored.set(epoch, { record, marks })
      else if (before) stored.set(epoch, before)
    }
    if (epochs.length === 0) this.#groups.delete(keyOf(groupId))
    else this.#groups.set(keyOf(groupId), { groupId: groupId.slice(), epochs, stored })
  }

  async mark(groupId: Bytes, epoch: bigint, digest: Bytes): Promise<MarkOutcome> {
    const marks = this.#get(groupId)?.stored.get(epoch)?.marks
    if (!marks) return 'gone'
    const bucket = addMark(marks.get(bucketOf(digest)), digest)
    if (!bucket) return 'seen'
    marks.set(bucketOf(digest), bucket)
    return 'new'
  }

  async groups(): Promise<readonly KeptGroup[]> {
    this.#checkOpen()
    return [...this.#groups.values()]
  }

  close(): void {
    this.#closed = true
    this.#groups.clear()
  }

  #get(groupId: Bytes): StoredGroup | undefined {
    this.#checkOpen()
    return this.#groups.get(keyOf(groupId))
  }

  #checkOpen(): void {
    if (this.#closed) throw fail('storage', 'the inbox is closed')
  }
}

const keyOf = (groupId: Bytes): string => groupId.join()
