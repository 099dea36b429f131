import { type Contents, contents, deleteDatabase } from './database.js'
import type { RoomJson } from './epochs.js'
import { type At, close, inboxAt, type Outcome, open, receive, receiveAll, seal } from './inboxes.js'

export type AfterKill = {
  readonly at: At
  readonly rooms: readonly RoomJson[]
  /** Messages whose release was told before the kill. */
  readonly released: readonly string[]
  /** Messages that were being received when the kill came. */
  readonly inFlight: readonly string[]
  /** Databases that were being created. */
  readonly created: readonly string[]
}

export type Survived = {
  /** What opening each of the created databases came to. */
  readonly created: readonly Outcome[]
  readonly contents: Contents
  /** Two outcomes for each kept epoch: a message sealed now, and the same once more. */
  readonly fresh: readonly (readonly Outcome[])[]
  readonly released: readonly Outcome[]
  /** Two outcomes for each message. */
  readonly inFlight: readonly (readonly Outcome[])[]
}

export async function checkAfterKill({
  at,
  rooms,
  released,
  inFlight,
  created,
}: AfterKill): Promise<Survived> {
  const openings: Outcome[] = []
  for (const database of created) {
    openings.push(await open({ database }))
    await close({ database })
    await deleteDatabase(database)
  }
  // The kill may have come before there was a database, and `contents` must not create it.
  await inboxAt(at)
  const again = await receiveAll({ at, messages: released })
  const twice: Outcome[][] = []
  for (const message of inFlight) twice.push([await receive({ at, message }), await receive({ at, message })])
  const before = await contents(at.database)
  const fresh: Outcome[][] = []
  for (const kept of before.groups) {
    const [groupId, epoch] = kept.split(' ')
    const room = rooms.find(({ bob }) => bob.groupId === groupId)
    if (room === undefined) throw new Error(`nobody entered ${kept}`)
    const [message = ''] = await seal({ member: room.alice, epoch: Number(epoch), texts: ['fresh'] })
    fresh.push([await receive({ at, message }), await receive({ at, message })])
  }
  return { contents: before, fresh, released: again, inFlight: twice, created: openings }
}
