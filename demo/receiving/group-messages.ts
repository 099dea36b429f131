/** Messages of RFC 9420. ts-mls checks them. A refused one is shown, and does not stop the member. */

import { equalBytes } from '../messenger/bytes.js'
import { news } from '../messenger/conversation.js'
import {
  isGood,
  isName,
  isOfSameMember,
  keyPackageOf,
  nameOf,
  nameOfKeyPackage,
  seatOf,
} from '../messenger/key-packages.js'
import { decodeBody } from '../messenger/outgoing.js'
import { type MemberRecord, told } from '../messenger/record.js'
import {
  decodeMessage,
  join,
  type KeyPackage,
  type PrivateMessage,
  type Processed,
  process,
  type Welcome,
} from '../messenger/stack.js'
import type { Tools } from '../messenger/tools.js'
import { enterEpoch } from './epochs.js'
import { type Arriving, keepForLater, refused, take } from './taking.js'

export async function receiveGroupMessage(arriving: Arriving, tools: Tools): Promise<void> {
  const message = decodeMessage(arriving.parcel.bytes)
  switch (message?.wireformat) {
    case 'mls_welcome':
      return receiveWelcome(message.welcome, arriving, tools)
    case 'mls_key_package':
      return receiveKeyPackage(message.keyPackage, arriving, tools)
    case 'mls_private_message':
      return receivePrivate(message.privateMessage, arriving, tools)
    default:
      return take(arriving, tools, refused(arriving, 'malformed', 'the bytes are no message of MLS'))
  }
}

/** Only ts-mls's check may fail: errors of the database are not the message's fault. */
async function judged<T>(judge: () => Promise<T>): Promise<{ ok: T } | { why: string }> {
  try {
    return { ok: await judge() }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

async function receiveWelcome(welcome: Welcome, arriving: Arriving, tools: Tools): Promise<void> {
  const { phase, keyPackage } = tools.ledger.record
  if (phase !== 'joining') return take(arriving, tools)
  const joined = await judged(() => join(welcome, keyPackage, tools.stack))
  if ('why' in joined) return take(arriving, tools, refused(arriving, 'ts-mls', joined.why))
  // It may be for others.
  if (!joined.ok) return take(arriving, tools)
  return enterEpoch(arriving, tools, { state: joined.ok, by: '' })
}

async function receiveKeyPackage(keyPackage: KeyPackage, arriving: Arriving, tools: Tools): Promise<void> {
  if (!tools.ledger.record.state) return keepForLater(arriving, tools)
  const name = nameOfKeyPackage(keyPackage)
  const verified = await judged(() => isGood(keyPackage, tools.stack))
  if (!isName(name) || !('ok' in verified && verified.ok)) {
    return take(arriving, tools, refused(arriving, 'ts-mls', 'a KeyPackage that cannot be used here'))
  }
  const { bytes } = arriving.parcel
  return take(arriving, tools, (record) => {
    const { state, applicants } = record
    if (!state || seatOf(state, keyPackage).kind === 'taken') return record
    const earlier = applicants.find((known) => nameOf(known) === name)
    if (!earlier) return asksToJoin(record, name, bytes)
    // Who asks once more has the keys of the last one only.
    const { leafNode } = keyPackageOf(earlier) ?? {}
    const isAgain = leafNode && isOfSameMember(leafNode, keyPackage.leafNode)
    if (!isAgain) return record
    return { ...record, applicants: applicants.map((known) => (known === earlier ? bytes : known)) }
  })
}

const asksToJoin = (record: MemberRecord, name: string, keyPackage: Uint8Array): MemberRecord => ({
  ...told(record, news(record.state?.groupContext.epoch ?? 0n, `${name} asks to join`)),
  applicants: [...record.applicants, keyPackage],
})

async function receivePrivate(message: PrivateMessage, arriving: Arriving, tools: Tools): Promise<void> {
  const { state } = tools.ledger.record
  if (!state) return keepForLater(arriving, tools)
  const { epoch, groupId } = state.groupContext
  if (!equalBytes(message.groupId, groupId)) {
    return take(arriving, tools, refused(arriving, 'unknown-group', 'the message is of another group'))
  }
  if (message.epoch > epoch) return keepForLater(arriving, tools)
  const isLate = message.epoch < epoch
  // A commit or a proposal of a past epoch lost against the commit that ended it.
  if (isLate && message.contentType !== 'application') return take(arriving, tools)
  // Of an epoch before this member joined, or so long ago that its sender sends it again.
  if (isLate && !state.historicalReceiverData.has(message.epoch)) return take(arriving, tools)
  const processed = await judged(() => process(state, message, tools.stack))
  if ('why' in processed) return take(arriving, tools, refused(arriving, 'ts-mls', processed.why))
  const { ok } = processed
  if (ok.kind === 'changed' && message.contentType === 'commit') {
    return enterEpoch(arriving, tools, { state: ok.state, by: ok.from.name })
  }
  return take(arriving, tools, (record) => said({ ...record, state: ok.state }, arriving, ok, message.epoch))
}

function said(record: MemberRecord, { parcel }: Arriving, processed: Processed, epoch: bigint): MemberRecord {
  const body = processed.kind === 'said' ? decodeBody(processed.content) : undefined
  if (body?.type !== 'text') return record
  return told(record, {
    kind: 'said',
    id: parcel.id,
    epoch,
    at: Date.now(),
    from: processed.from.name,
    text: body.text,
    message: parcel.bytes,
  })
}
