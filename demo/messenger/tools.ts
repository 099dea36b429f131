import { GroupEpoch, type Inbox } from 'mls-targeted-messages'
import type { Ledger } from './ledger.js'
import { type ClientState, revisionIn, type Stack, viewOf } from './stack.js'

/** From how many past epochs a late whisper may come. */
export const pastEpochs = 2

/** What a member works with. */
export interface Tools {
  readonly stack: Stack
  readonly inbox: Inbox
  readonly ledger: Ledger
}

/** In the revision that the group has agreed on. */
const epochOf = (state: ClientState, stack: Stack, storageKey: CryptoKey | undefined) =>
  GroupEpoch.create({
    revision: revisionIn(state),
    ...viewOf(state, stack),
    ...(storageKey && { storageKey }),
  })

/**
 * Makes the inbox follow the stored record: enters the epoch of its state, and leaves every other group. Done after each
 * commit, and at start-up in case of a crash between the two.
 */
export async function bringInbox({ ledger, inbox, stack }: Tools): Promise<void> {
  const { state } = ledger.record
  for await (const { groupId } of inbox) {
    if (!state || String(groupId) !== String(state.groupContext.groupId)) await inbox.leave(groupId)
  }
  if (!state) return
  const { groupId, epoch } = state.groupContext
  const current = await inbox.current(groupId)
  if (current?.epoch === epoch) return
  await inbox.enter(await epochOf(state, stack, ledger.vault.storageKey))
}
