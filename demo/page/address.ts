/** What a tab's address says: whom it opens, in which room, and how parcels get there. */

import type { Room } from '../messenger/room.js'
import { postQuantumIds, revisions, suiteIds } from '../scenario/suites.js'

export const parameters = (): URLSearchParams => new URLSearchParams(location.search)

/** Opens this member alone; without a name, those that have no tab of their own. */
export const memberOfAddress = (): string | undefined => parameters().get('member') ?? undefined

/** The room that a link names, for those who come from elsewhere. */
export function roomOfAddress(): Room | undefined {
  const named = parameters()
  const id = named.get('room')
  const suite = [...suiteIds, ...postQuantumIds].find((suiteId) => String(suiteId) === named.get('suite'))
  const revision = revisions.find((name) => name === named.get('revision'))
  return id && suite && revision ? { id, suite, revision } : undefined
}

/** For a tab that is this member, also on another machine. */
export function addressOf(member: string, { id, suite, revision }: Room): string {
  const named = parameters()
  named.set('member', member)
  named.set('room', id)
  named.set('suite', String(suite))
  named.set('revision', revision)
  return `?${named}`
}

/** This tab no longer belongs to the room that its address names. */
export function leaveRoomOfAddress(): void {
  const named = parameters()
  for (const name of ['member', 'room', 'suite', 'revision']) named.delete(name)
  history.replaceState(null, '', named.size > 0 ? `?${named}` : location.pathname)
}
