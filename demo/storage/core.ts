/** A member's record as it is stored, except the conversation, whose entries are stored one by one. */

import { decodeGroupState, encodeGroupState, type GroupState } from 'ts-mls'
import type { Entry } from '../messenger/conversation.js'
import type { MemberRecord, PendingCommit } from '../messenger/record.js'
import { type ClientState, clientConfig } from '../messenger/stack.js'

/** ts-mls encodes its own state. */
export type Core = Omit<MemberRecord, 'name' | 'state' | 'pending' | 'conversation'> & {
  readonly state: Uint8Array | undefined
  readonly pending: (Omit<PendingCommit, 'state'> & { readonly state: Uint8Array }) | undefined
}

/** A record is written more often than its state changes. */
const encoded = new WeakMap<ClientState, Uint8Array>()

function encodeState(state: ClientState): Uint8Array {
  const known = encoded.get(state) ?? encodeGroupState(state)
  encoded.set(state, known)
  return known
}

export const toCore = ({ name, conversation, state, pending, ...rest }: MemberRecord): Core => ({
  ...rest,
  state: state && encodeState(state),
  pending: pending && { ...pending, state: encodeState(pending.state) },
})

export const fromCore = (
  name: string,
  { state, pending, ...rest }: Core,
  conversation: readonly Entry[],
): MemberRecord => ({
  ...rest,
  name,
  conversation,
  state: state && decodeState(state),
  pending: pending && { ...pending, state: decodeState(pending.state) },
})

function decodeState(bytes: Uint8Array): ClientState {
  const decoded: GroupState | undefined = decodeGroupState(bytes, 0)?.[0]
  if (!decoded) throw new Error('the stored state of the group cannot be read')
  return { ...decoded, clientConfig }
}
