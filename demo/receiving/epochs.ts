/** The group is in a new epoch: this member's commit came first, or another's did, or this member has joined. */

import { news } from '../messenger/conversation.js'
import { keyPackageOf, nameOf, seatOf } from '../messenger/key-packages.js'
import { type MemberRecord, type RosterOfEpoch, told } from '../messenger/record.js'
import { type ClientState, type Roster, rosterOf } from '../messenger/stack.js'
import { bringInbox, pastEpochs, type Tools } from '../messenger/tools.js'
import { type Arriving, take } from './taking.js'

interface Entered {
  readonly state: ClientState
  /** Who committed; undefined for a member that has just joined. */
  readonly by: string
}

/** Stored first; the inbox follows, now or at the next start. */
export async function enterEpoch(arriving: Arriving, tools: Tools, entered: Entered): Promise<void> {
  const isRemoved = entered.state.groupActiveState.kind === 'removedFromGroup'
  await take(arriving, tools, (record) => (isRemoved ? withoutGroup(record) : inEpoch(record, entered)))
  await bringInbox(tools)
}

/** A member that is in no group any more. */
export const withoutGroup = (record: MemberRecord): MemberRecord =>
  told(
    {
      ...record,
      phase: 'left',
      state: undefined,
      pending: undefined,
      wishes: { newKeys: false, toLeave: false },
      outbox: record.outbox.filter(({ content }) => content.kind === 'held' || content.kind === 'late'),
      applicants: [],
      early: [],
      rosters: [],
    },
    news(record.state?.groupContext.epoch ?? 0n, `${record.name} left the group`),
  )

export function inEpoch(record: MemberRecord, { state, by }: Entered): MemberRecord {
  const { epoch } = state.groupContext
  const roster = rosterOf(state)
  const isOutside = (bytes: Uint8Array): boolean => {
    const keyPackage = keyPackageOf(bytes)
    return keyPackage !== undefined && seatOf(state, keyPackage).kind !== 'taken'
  }
  const applicants = record.applicants.filter(isOutside)
  const added = record.applicants.filter((bytes) => !applicants.includes(bytes)).map(nameOf)
  const [before, after] = [record.rosters[0]?.roster, roster]
  const changed = whatChanged({ name: record.name, before, after, added, by })
  return told(
    {
      ...record,
      phase: 'member',
      state,
      pending: undefined,
      since: record.state ? record.since : epoch,
      rosters: [{ epoch, roster }, ...record.rosters.filter((known) => isInWindow(known, epoch))],
      outbox: record.outbox.filter(({ content }) => content.kind !== 'handshake'),
      applicants,
    },
    news(epoch, changed),
  )
}

const isInWindow = ({ epoch }: RosterOfEpoch, now: bigint): boolean => epoch >= now - BigInt(pastEpochs)

function whatChanged({
  name,
  before,
  after,
  added,
  by,
}: {
  readonly name: string
  readonly before: readonly Roster[] | undefined
  readonly after: readonly Roster[]
  /** Also who was there before, and has asked again. */
  readonly added: readonly string[]
  readonly by: string
}): string {
  if (!before) {
    const others = after.filter((member) => member.name !== name)
    return others.length > 0
      ? `${name} joined ${others.map((member) => member.name).join(', ')}`
      : `${name} founded the group`
  }
  const without = (these: readonly Roster[], others: readonly Roster[]): string[] =>
    these.filter(({ name }) => !others.some((other) => other.name === name)).map(({ name }) => name)
  const joined = [...new Set([...without(after, before), ...added])]
  const left = without(before, after)
  const changes = [
    ...(joined.length > 0 ? [`${joined.join(', ')} joined`] : []),
    ...(left.length > 0 ? [`${left.join(', ')} left`] : []),
  ]
  return changes.length > 0 ? `${changes.join('; ')}; ${by} committed` : `${by} renewed keys`
}
