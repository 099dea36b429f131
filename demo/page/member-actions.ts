import type { Member } from '../messenger/member.js'
import type { Seat } from '../messenger/seat.js'
import type { Inspected } from './entries.js'

/** What a column asks of the page around it. */
export interface MemberActions {
  readonly inspect: (inspected: Inspected) => void
  /** Shows the progress. Resolves to false if it failed. */
  readonly act: (action: () => Promise<string>) => Promise<boolean>
  /** Others of this tab that are awake and in the group. */
  readonly others: (seat: Seat) => readonly Member[]
  readonly showDisk: (seat: Seat) => void
}
