/** All that a member's device keeps, but for the epochs, which the inbox has. Replaced as a whole, never changed. */

import type { GroupState } from 'ts-mls'
import { decodeGroupState, encodeGroupState } from 'ts-mls'
import type { Entry } from './conversation.js'
import { type ClientState, clientConfig, type MadeCommit, type OwnKeyPackage } from './stack.js'

/** `asking`: the KeyPackage is on its way; `joining`: it is in the order, and a Welcome may come. */
export type Phase = 'asking' | 'joining' | 'member' | 'left'

export interface MemberRecord {
  readonly name: string
  /** Which tabs bring this member up: the one without a name in its address, or one of its own. */
  readonly home: 'first tab' | 'own tab'
  readonly phase: Phase
  readonly keyPackage: OwnKeyPackage
  readonly state: ClientState | undefined
  /** A commit of this member that has not come back from the delivery service. */
  readonly pending: MadeCommit | undefined
  /** Whether this member wants new keys. */
  readonly renewing: boolean
  /** Published, and not come back yet. After a reload they are published again: nothing is lost. */
  readonly outbox: readonly Uint8Array[]
  /** What came before this member could use it: parcels of a later epoch, or before the Welcome. */
  readonly early: readonly Uint8Array[]
  /** KeyPackages of those who want to join. */
  readonly applicants: readonly Uint8Array[]
  /** The last parcel that is in this record. */
  readonly cursor: string | undefined
  readonly conversation: readonly Entry[]
}

/** The same for IndexedDB: ts-mls encodes its own state. */
export type StoredRecord = Omit<MemberRecord, 'state' | 'pending'> & {
  readonly state: Uint8Array | undefined
  readonly pending: (Omit<MadeCommit, 'state'> & { readonly state: Uint8Array }) | undefined
}

export const newRecord = ({
  name,
  home,
  keyPackage,
}: Pick<MemberRecord, 'name' | 'home' | 'keyPackage'>): MemberRecord => ({
  name,
  home,
  phase: 'asking',
  keyPackage,
  state: undefined,
  pending: undefined,
  renewing: false,
  outbox: [],
  early: [],
  applicants: [],
  cursor: undefined,
  conversation: [],
})

export const toStored = ({ state, pending, ...rest }: MemberRecord): StoredRecord => ({
  ...rest,
  state: state && encodeGroupState(state),
  pending: pending && { ...pending, state: encodeGroupState(pending.state) },
})

export const fromStored = ({ state, pending, ...rest }: StoredRecord): MemberRecord => ({
  ...rest,
  state: state && decodeState(state),
  pending: pending && { ...pending, state: decodeState(pending.state) },
})

function decodeState(bytes: Uint8Array): ClientState {
  const decoded: GroupState | undefined = decodeGroupState(bytes, 0)?.[0]
  if (!decoded) throw new Error('the stored state of the group cannot be read')
  return { ...decoded, clientConfig }
}
