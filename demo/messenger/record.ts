/** Everything that a member's device keeps, except the keys of its epochs, which the inbox has. Replaced as a whole, never changed. */

import type { Posted } from '../delivery/delivery-service.js'
import type { Entry } from './conversation.js'
import type { OwnKeyPackage } from './key-packages.js'
import type { Outgoing } from './outgoing.js'
import type { ClientState, MadeCommit, Roster } from './stack.js'

/** `asking`: the KeyPackage is on its way; `joining`: it is in the order, and a Welcome may come. */
export type Phase = 'asking' | 'joining' | 'member' | 'left'

/** Which tab opens a member: the one without a name in its address, or one of its own. */
export type Home = 'first tab' | 'own tab'

export interface MemberRecord {
  readonly name: string
  /** Whether this client supports targeted messages; older clients do not. */
  readonly understands: boolean
  readonly phase: Phase
  readonly keyPackage: OwnKeyPackage
  readonly state: ClientState | undefined
  /** A commit of this member that has not come back from the delivery service. */
  readonly pending: PendingCommit | undefined
  /** The first epoch of this member. Messages of earlier ones are not for it. */
  readonly since: bigint
  /** What this member wants, until it is done. */
  readonly wishes: { readonly newKeys: boolean; readonly toLeave: boolean }
  /** What has not come back from the delivery service. */
  readonly outbox: readonly Outgoing[]
  /** What arrived before this member could use it: before its Welcome. */
  readonly early: readonly Posted[]
  /** KeyPackages of those who want to join. */
  readonly applicants: readonly Uint8Array[]
  /** Who was where in the epochs that messages may still come from, the current one first. */
  readonly rosters: readonly RosterOfEpoch[]
  /** All parcels up to this one are in this record, */
  readonly cursor: string | undefined
  /** and these after it. */
  readonly acks: readonly string[]
  readonly conversation: readonly Entry[]
}

/** With the id of its parcel. */
export type PendingCommit = MadeCommit & { readonly id: string }

export interface RosterOfEpoch {
  readonly epoch: bigint
  readonly roster: readonly Roster[]
}

export const newRecord = ({
  name,
  understands,
  keyPackage,
  outbox,
}: Pick<MemberRecord, 'name' | 'understands' | 'keyPackage' | 'outbox'>): MemberRecord => ({
  name,
  understands,
  phase: 'asking',
  keyPackage,
  state: undefined,
  pending: undefined,
  since: 0n,
  wishes: { newKeys: false, toLeave: false },
  outbox,
  early: [],
  applicants: [],
  rosters: [],
  cursor: undefined,
  acks: [],
  conversation: [],
})

/** Who is at a leaf in that epoch: in another it can be somebody else. */
export function nameAt({ rosters }: Pick<MemberRecord, 'rosters'>, epoch: bigint, leafIndex: number): string {
  const then = rosters.find((known) => known.epoch === epoch)
  return then?.roster.find((member) => member.leafIndex === leafIndex)?.name ?? `leaf ${leafIndex}`
}

/** The current leaf of somebody to whom this member can whisper. */
export const leafOf = ({ rosters }: Pick<MemberRecord, 'rosters'>, name: string): number | undefined =>
  rosters[0]?.roster.find((member) => member.name === name && member.understands)?.leafIndex

/** Adds to the conversation. */
export const told = (record: MemberRecord, ...entries: readonly Entry[]): MemberRecord => ({
  ...record,
  conversation: [...record.conversation, ...entries],
})
