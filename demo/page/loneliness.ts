/** Groups that cannot go on by themselves, and what a person can do. */

import { openMembers } from '../messenger/claims.js'
import type { Messenger } from '../messenger/messenger.js'

/** Undefined if all is well. */
export async function loneliness({ seats, room }: Messenger): Promise<string> {
  const records = seats.flatMap(({ member }) => member?.record ?? [])
  if (records.length === 0 || records.some(({ state }) => state)) return ''
  const here = new Set(seats.map(({ name }) => name))
  const elsewhere = [...(await openMembers(room))].filter((name) => !here.has(name))
  if (elsewhere.length > 0) return ''
  return records.every(({ phase }) => phase === 'left')
    ? 'Everybody here has left. If nobody is in the group elsewhere, nobody can be let in any more: start a new group below.'
    : 'Nobody who is in the group has it open in this browser, so nobody can let others in. Open the page without a name in its address, or start a new group below.'
}
