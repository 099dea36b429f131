/** An inbox that has received very many messages of one epoch. */

import { openDB } from 'idb'
import { IdbStore } from '../../../lib/inbox/idb-store.js'
import { MARK_LENGTH } from '../../../lib/inbox/marks.js'
import { encode, opaque, uint16, uint64 } from '../../../lib/tls/writer.js'
import { unhex } from '../../../testing/hex.js'

export type ManyMarks = {
  readonly database: string
  readonly groupId: string
  readonly epoch: number
  /** Written as the store would have left them, one bucket after another. */
  readonly direct: number
  /** Noted after that by the store, one by one. */
  readonly noted: number
}

const buckets = 32_768
const perTransaction = 2048

/** Milliseconds that the store took for one mark, of 16 at a time. */
export async function fillMarks({ database, groupId, epoch, direct, noted }: ManyMarks): Promise<number> {
  const id = unhex(groupId)
  const raw = await openDB(database)
  for (let first = 0; first < buckets; first += perTransaction) {
    const transaction = raw.transaction('marks', 'readwrite')
    for (let bucket = first; bucket < first + perTransaction; bucket++) {
      const marks = randomBytes(Math.round(direct / buckets) * MARK_LENGTH)
      transaction.store.put(marks, encode(opaque(id), uint64(BigInt(epoch)), uint16(bucket)))
    }
    await transaction.done
  }
  raw.close()

  const store = await IdbStore.open(database)
  const before = performance.now()
  for (let i = 0; i < noted; i += 16) {
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () => store.mark(id, BigInt(epoch), randomBytes(32))),
    )
    if (outcomes.some((outcome) => outcome !== 'new')) throw new Error(outcomes.join())
  }
  const taken = (performance.now() - before) / noted
  store.close()
  return taken
}

const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length))
