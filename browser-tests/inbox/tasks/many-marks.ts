/** An inbox that has received very many messages of one epoch. */

import { IdbStore } from '../../../lib/inbox/idb-store.js'
import type { Note } from '../../../lib/inbox/store.js'
import { unhex } from '../../../tests/support/hex.js'

export type ManyMarks = {
  readonly database: string
  readonly groupId: string
  readonly epoch: number
  /** Noted a thousand at a time, as a backlog would be. */
  readonly backlog: number
  /** Noted after that, 16 at a time. */
  readonly noted: number
}

/** Milliseconds that the store took for one mark, of 16 at a time. */
export async function fillMarks({
  database,
  groupId,
  epoch,
  backlog,
  noted,
}: ManyMarks): Promise<{ noteMs: number; loadMs: number }> {
  const id = unhex(groupId)
  const store = await IdbStore.open({ name: database, durability: 'relaxed' })
  const { group } = await store.read(id)
  const stamp = group?.epochs[0]?.stamp ?? ''
  const noteOf = (): Note => ({
    groupId: id,
    epoch: BigInt(epoch),
    stamp,
    mark: crypto.getRandomValues(new Uint8Array(16)),
    step: 'mark',
  })
  const note = async (target: IdbStore, count: number): Promise<void> => {
    const outcomes = await target.note(Array.from({ length: count }, noteOf))
    if (outcomes.some((outcome) => outcome !== 'new')) throw new Error(outcomes.join())
  }
  for (let i = 0; i < backlog; i += 1000) await note(store, 1000)
  const before = performance.now()
  for (let i = 0; i < noted; i += 16) await note(store, 16)
  const noteMs = (performance.now() - before) / noted
  store.close()

  const again = await IdbStore.open({ name: database, durability: 'relaxed' })
  const opened = performance.now()
  await note(again, 1)
  const loadMs = performance.now() - opened
  again.close()
  return { noteMs, loadMs }
}
