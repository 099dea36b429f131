/** What a parcel of the delivery service does to a member. */

import {
  GroupEpoch,
  type Inbox,
  isTargetedMessage,
  type ReceivedMessage,
  type Revision,
  readHeader,
  TargetedMessageError,
} from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { equalBytes } from './bytes.js'
import { decodeBody, type Entry, withReceipt } from './conversation.js'
import type { MemberRecord } from './record.js'
import {
  type ClientState,
  decodeMessage,
  join,
  type KeyPackage,
  keyPackageMessage,
  nameOfKeyPackage,
  type PrivateMessage,
  process,
  rosterOf,
  type Stack,
  type Welcome,
} from './stack.js'

export interface Device {
  readonly stack: Stack
  readonly inbox: Inbox
  readonly revision: Revision
}

/** The record after a parcel; what the inbox must know, it knows by then. */
export async function receive(
  bytes: Uint8Array,
  record: MemberRecord,
  device: Device,
): Promise<MemberRecord> {
  const own = record.outbox.findIndex((sent) => equalBytes(sent, bytes))
  if (own >= 0) {
    return cameBack(bytes, { ...record, outbox: record.outbox.filter((_, i) => i !== own) }, device)
  }
  if (record.phase === 'asking' || record.phase === 'left') return record
  if (isTargetedMessage(bytes)) return receiveTargeted(bytes, record, device)
  const message = decodeMessage(bytes)
  switch (message?.wireformat) {
    case 'mls_welcome':
      return receiveWelcome(message.welcome, record, device)
    case 'mls_key_package':
      return receiveKeyPackage(message.keyPackage, bytes, record, device)
    case 'mls_private_message':
      return receivePrivate(message.privateMessage, bytes, record, device)
    default:
      return record
  }
}

/** This member's own parcel has its place in the order. */
async function cameBack(bytes: Uint8Array, record: MemberRecord, device: Device): Promise<MemberRecord> {
  if (record.phase === 'asking' && equalBytes(bytes, keyPackageMessage(record.keyPackage.publicPackage))) {
    return { ...record, phase: 'joining' }
  }
  const { pending } = record
  if (!pending || !equalBytes(bytes, pending.commit)) return record
  const { welcome } = pending
  // Only now: the Welcome of a commit that lost would lead into a group of its own.
  const outbox = welcome ? [...record.outbox, welcome] : record.outbox
  return enter(pending.state, { ...record, outbox, renewing: false }, { device, by: record.name })
}

async function receiveTargeted(
  bytes: Uint8Array,
  record: MemberRecord,
  { inbox }: Device,
): Promise<MemberRecord> {
  const { state } = record
  if (!state) return kept(bytes, record)
  try {
    const { groupId, epoch, recipientLeafIndex } = readHeader(bytes)
    if (!equalBytes(groupId, state.groupContext.groupId)) return record
    if (recipientLeafIndex !== state.privatePath.leafIndex) {
      const to = nameAt(state, recipientLeafIndex)
      const sealed = { kind: 'sealed', to, leafIndex: recipientLeafIndex, message: bytes } as const
      return told(record, { ...line(epoch), ...sealed })
    }
    return heard(await inbox.receive(bytes), bytes, record)
  } catch (error) {
    if (!(error instanceof TargetedMessageError)) throw error
    // The keys come with the commit.
    if (error.code === 'epoch-ahead') return kept(bytes, record)
    if (error.code === 'storage') throw error
    const refused = { kind: 'refused', code: error.code, why: error.message, message: bytes } as const
    return told(record, { ...line(state.groupContext.epoch), ...refused })
  }
}

function heard(received: ReceivedMessage, message: Uint8Array, record: MemberRecord): MemberRecord {
  const body = decodeBody(received.applicationData)
  const leafIndex = received.senderLeafIndex
  const from = record.state ? nameAt(record.state, leafIndex) : `leaf ${leafIndex}`
  if (body?.type === 'read') {
    return { ...record, conversation: withReceipt(record.conversation, { id: body.id, reader: from }) }
  }
  if (!body) return record
  const { id, text } = body
  const entry = {
    ...line(received.epoch),
    kind: 'heard',
    id,
    text,
    from,
    leafIndex,
    read: false,
    message,
  } as const
  return told(record, entry)
}

function receiveKeyPackage(
  keyPackage: KeyPackage,
  bytes: Uint8Array,
  record: MemberRecord,
  { stack }: Device,
): MemberRecord {
  if (!record.state) return kept(bytes, record)
  const name = nameOfKeyPackage(keyPackage)
  const isTaken = rosterOf(record.state).some((member) => member.name === name)
  const isKnown = record.applicants.some((known) => equalBytes(known, bytes))
  if (isTaken || isKnown || keyPackage.cipherSuite !== stack.name) return record
  return { ...news(record, `${name} asks to join`), applicants: [...record.applicants, bytes] }
}

async function receiveWelcome(welcome: Welcome, record: MemberRecord, device: Device): Promise<MemberRecord> {
  if (record.phase !== 'joining') return record
  const state = await join(welcome, record.keyPackage, device.stack)
  return state ? enter(state, { ...record, phase: 'member' }, { device, by: '' }) : record
}

async function receivePrivate(
  message: PrivateMessage,
  bytes: Uint8Array,
  record: MemberRecord,
  device: Device,
): Promise<MemberRecord> {
  const { state } = record
  if (!state) return kept(bytes, record)
  const { epoch } = state.groupContext
  if (message.epoch > epoch) return kept(bytes, record)
  const isLate = message.epoch < epoch
  // A commit or proposal of a past epoch lost against the commit that ended it.
  if (isLate && message.contentType !== 'application') return record
  if (isLate && !state.historicalReceiverData.has(message.epoch)) return record
  const processed = await process(state, message, device.stack)
  if (processed.kind === 'said') {
    const body = decodeBody(processed.content)
    const after = { ...record, state: processed.state }
    if (body?.type !== 'text') return after
    const { id, text } = body
    const from = processed.from.name
    return told(after, { ...line(message.epoch), kind: 'said', id, text, from, message: bytes })
  }
  if (message.contentType === 'proposal') return { ...record, state: processed.state }
  return enter(processed.state, record, { device, by: processed.from.name })
}

/** The group is in a new epoch: this member's commit came first, or another's did, or this member has joined. */
export async function enter(
  state: ClientState,
  record: MemberRecord,
  { device, by }: { readonly device: Device; readonly by: string },
): Promise<MemberRecord> {
  const before = record.state ? rosterOf(record.state) : undefined
  if (state.groupActiveState.kind === 'removedFromGroup') {
    await device.inbox.leave(state.groupContext.groupId)
    const gone = {
      ...record,
      phase: 'left',
      state: undefined,
      pending: undefined,
      applicants: [],
      early: [],
    } as const
    return news(gone, `${record.name} left the group`)
  }
  await device.inbox.enter(await epochOf(state, device.revision))
  const after = rosterOf(state)
  const isMember = (name: string): boolean => after.some((member) => member.name === name)
  const applicants = record.applicants.filter((bytes) => {
    const message = decodeMessage(bytes)
    return message?.wireformat === 'mls_key_package' && !isMember(nameOfKeyPackage(message.keyPackage))
  })
  const entered = news(
    { ...record, state, pending: undefined, applicants, early: [] },
    whatChanged({ name: record.name, before, after, by }),
  )
  return again(record.early, entered, device)
}

export const epochOf = (state: ClientState, revision: Revision): Promise<GroupEpoch> =>
  GroupEpoch.create({ revision, ...fromTsMls(state) })

/** What came before its time. */
async function again(
  early: readonly Uint8Array[],
  record: MemberRecord,
  device: Device,
): Promise<MemberRecord> {
  let latest = record
  for (const bytes of early) latest = await receive(bytes, latest, device)
  return latest
}

type Roster = ReturnType<typeof rosterOf>

function whatChanged({
  name,
  before,
  after,
  by,
}: {
  readonly name: string
  readonly before: Roster | undefined
  readonly after: Roster
  readonly by: string
}): string {
  if (!before) {
    const others = after.filter((member) => member.name !== name)
    return `${name} joined ${others.map((member) => member.name).join(', ')}`
  }
  const without = (these: Roster, others: Roster): string[] =>
    these.filter(({ name }) => !others.some((other) => other.name === name)).map(({ name }) => name)
  const [joined, left] = [without(after, before), without(before, after)]
  const changes = [
    ...(joined.length > 0 ? [`${joined.join(', ')} joined`] : []),
    ...(left.length > 0 ? [`${left.join(', ')} left`] : []),
  ]
  return changes.length > 0 ? `${changes.join('; ')}; ${by} committed` : `${by} renewed keys`
}

const kept = (bytes: Uint8Array, record: MemberRecord): MemberRecord => ({
  ...record,
  early: [...record.early, bytes],
})

export const told = (record: MemberRecord, entry: Entry): MemberRecord => ({
  ...record,
  conversation: [...record.conversation, entry],
})

const news = (record: MemberRecord, text: string): MemberRecord =>
  told(record, { ...line(record.state?.groupContext.epoch ?? 0n), kind: 'news', text })

export const line = (epoch: bigint): { id: string; epoch: bigint; at: number } => ({
  id: crypto.randomUUID(),
  epoch,
  at: Date.now(),
})

export const nameAt = (state: ClientState, leafIndex: number): string =>
  rosterOf(state).find((member) => member.leafIndex === leafIndex)?.name ?? `leaf ${leafIndex}`
