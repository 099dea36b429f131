/** What there is to commit or to propose: new keys of this member, newcomers, members that leave. */

import { keyPackageOf, nameOf, seatOf } from '../messenger/key-packages.js'
import { readyMade } from '../messenger/outgoing.js'
import type { MemberRecord } from '../messenger/record.js'
import {
  type ClientState,
  commit,
  leavingLeaves,
  type MadeCommit,
  proposeToLeave,
  rosterOf,
  type ToCommit,
} from '../messenger/stack.js'
import { bringInbox, type Tools } from '../messenger/tools.js'
import { withoutGroup } from '../receiving/epochs.js'

/** Names of the members that some tab of this browser has open. */
export type Online = () => Promise<ReadonlySet<string>>

/** `waits`: there is something to do, but another member should do it. */
export async function attend(tools: Tools, online: Online): Promise<'done' | 'waits'> {
  const { ledger } = tools
  const { state, pending, wishes, applicants, outbox } = ledger.record
  if (!state || pending) return 'done'
  // Earlier messages go out first.
  const isSending = outbox.some(({ content }) => content.kind === 'say' || content.kind === 'whisper')
  if (wishes.toLeave && !isSending) await proposeOwnLeaving(tools, state)
  const after = ledger.record.state
  if (!after) return 'done'
  const leaving = leavingLeaves(after)
  const isAsked = applicants.length > 0 || leaving.length > 0
  if (!isAsked && !wishes.newKeys) return 'done'
  const isGreeter = isAsked && (await isFirst(ledger.record, after, await online()))
  if (isGreeter) await commitFor(tools, after, applicants)
  else if (wishes.newKeys && leaving.length === 0) await commitFor(tools, after, [])
  else return 'waits'
  return 'done'
}

/** Nobody could commit that the last member leaves, so it just deletes the group. */
async function proposeOwnLeaving(tools: Tools, state: ClientState): Promise<void> {
  const { ledger, stack } = tools
  if (rosterOf(state).length === 1) {
    await ledger.commit(withoutGroup)
    return bringInbox(tools)
  }
  if (leavingLeaves(state).includes(state.privatePath.leafIndex)) return
  const [next, message] = await proposeToLeave(state, stack)
  const outgoing = readyMade('handshake', message, state.groupContext.epoch)
  await ledger.commit((record) => ({ ...record, state: next, outbox: [...record.outbox, outgoing] }))
}

/** Of those that this browser has open, the one with the lowest leaf commits for others; if all leave, for all but itself. */
async function isFirst(
  { name, applicants }: MemberRecord,
  state: ClientState,
  online: ReadonlySet<string>,
): Promise<boolean> {
  const leaving = leavingLeaves(state)
  // Who asks once more is there, and cannot commit.
  const isOutside = (name: string): boolean => applicants.some((bytes) => nameOf(bytes) === name)
  const here = rosterOf(state).filter((member) => online.has(member.name) && !isOutside(member.name))
  const staying = here.filter(({ leafIndex }) => !leaving.includes(leafIndex))
  const [first] = staying.length > 0 ? staying : here
  return first?.name === name
}

async function commitFor(tools: Tools, state: ClientState, applicants: readonly Uint8Array[]): Promise<void> {
  const { ledger, stack } = tools
  const made = await commit(state, toCommit(state, applicants), stack).catch(() => undefined)
  if (!made && applicants.length === 0) throw new Error('ts-mls makes no commit')
  if (!made) return withoutTheMalformed(tools, state, applicants)
  const outgoing = readyMade('handshake', made.commit, state.groupContext.epoch)
  await ledger.commit((record) => ({
    ...record,
    pending: { ...made, id: outgoing.id },
    outbox: [...record.outbox, outgoing],
  }))
}

/** A KeyPackage that ts-mls does not take must not keep the others out. */
async function withoutTheMalformed(
  tools: Tools,
  state: ClientState,
  applicants: readonly Uint8Array[],
): Promise<void> {
  const good: Uint8Array[] = []
  for (const bytes of applicants) {
    const alone: MadeCommit | undefined = await commit(state, toCommit(state, [bytes]), tools.stack).catch(
      () => undefined,
    )
    if (alone) good.push(bytes)
  }
  const bad = applicants.filter((bytes) => !good.includes(bytes))
  await tools.ledger.commit((record) => refusedApplicants(record, bad))
  // Each is valid alone, but two have the same key.
  const together = bad.length > 0 ? good : good.slice(0, 1)
  if (together.length > 0) await commitFor(tools, state, together)
}

const refusedApplicants = (record: MemberRecord, bad: readonly Uint8Array[]): MemberRecord => ({
  ...record,
  applicants: record.applicants.filter((bytes) => !bad.includes(bytes)),
  conversation: [
    ...record.conversation,
    ...bad.map(
      (message) =>
        ({
          kind: 'refused',
          id: crypto.randomUUID(),
          epoch: record.state?.groupContext.epoch ?? 0n,
          at: Date.now(),
          code: 'ts-mls',
          why: 'a KeyPackage that ts-mls does not take',
          message,
        }) as const,
    ),
  ],
})

function toCommit(state: ClientState, applicants: readonly Uint8Array[]): ToCommit {
  const newcomers = applicants.flatMap((bytes) => keyPackageOf(bytes) ?? [])
  const seats = newcomers.map((keyPackage) => seatOf(state, keyPackage))
  return { newcomers, removed: seats.flatMap((seat) => (seat.kind === 'again' ? [seat.leafIndex] : [])) }
}
