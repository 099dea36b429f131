/** This member's own parcel has its place in the order. */

import { isTargetedMessage, readHeader } from 'mls-targeted-messages'
import { withCopies } from '../messenger/conversation.js'
import type { Change } from '../messenger/ledger.js'
import { type Outgoing, readyMade, unsealed } from '../messenger/outgoing.js'
import type { MemberRecord } from '../messenger/record.js'
import { decodeMessage } from '../messenger/stack.js'
import { pastEpochs, type Tools } from '../messenger/tools.js'
import { enterEpoch } from './epochs.js'
import { type Arriving, take } from './taking.js'

export const outgoingOf = ({ parcel }: Arriving, outbox: readonly Outgoing[]): Outgoing | undefined =>
  outbox.find(({ id }) => id === parcel.id)

export function receiveOwn(arriving: Arriving, own: Outgoing, tools: Tools): Promise<void> {
  const { pending, name } = tools.ledger.record
  const back: Change = (record) => ({
    ...record,
    outbox: record.outbox.filter(({ id }) => id !== own.id),
  })
  if (pending?.id !== own.id) {
    return take(arriving, tools, (record) => cameBack(back(record), own, arriving.parcel.bytes))
  }
  const { welcome, state } = pending
  // Only now: the Welcome of a commit that lost would lead into a separate group.
  const taken: Change = (record) => {
    const { outbox, wishes, ...rest } = arriving.taken(back(record))
    const welcomes = welcome ? [readyMade('joining', welcome)] : []
    return { ...rest, outbox: [...outbox, ...welcomes], wishes: { ...wishes, newKeys: false } }
  }
  return enterEpoch({ ...arriving, taken }, tools, { state, by: name })
}

function cameBack(record: MemberRecord, { id, content }: Outgoing, message: Uint8Array): MemberRecord {
  switch (content.kind) {
    case 'joining':
      return record.phase === 'asking' ? { ...record, phase: 'joining' } : record
    case 'say': {
      if (isSaidTooLate(record, message)) return again(record, { id, content })
      const conversation = record.conversation.map((entry) =>
        entry.kind === 'said' && entry.id === id ? { ...entry, message } : entry,
      )
      return { ...record, conversation }
    }
    case 'whisper':
      if (isTooLate(record, message)) return again(record, { id, content })
      return { ...record, conversation: sent(record, id, message) }
    case 'late':
      return { ...record, conversation: sent(record, id, message) }
    default:
      return record
  }
}

const sent = ({ conversation }: MemberRecord, id: string, message: Uint8Array) =>
  withCopies(conversation, (copy) =>
    copy.id === id && copy.state === 'waiting' ? { ...copy, state: 'sent', message } : copy,
  )

/**
 * So many commits came before it that its keys are gone: all who have read the order up to here know that.
 */
function isTooLate({ state }: MemberRecord, message: Uint8Array): boolean {
  if (!state || !isTargetedMessage(message)) return false
  return readHeader(message).epoch < state.groupContext.epoch - BigInt(pastEpochs)
}

/** ts-mls keeps what it needs for its own messages. */
function isSaidTooLate({ state }: MemberRecord, bytes: Uint8Array): boolean {
  const message = decodeMessage(bytes)
  if (!state || message?.wireformat !== 'mls_private_message') return false
  const { epoch } = message.privateMessage
  return epoch < state.groupContext.epoch && !state.historicalReceiverData.has(epoch)
}

/** Nobody could open it, so it is sent again as a new parcel. */
function again(record: MemberRecord, { id, content }: Pick<Outgoing, 'id' | 'content'>): MemberRecord {
  const next = unsealed(content)
  return {
    ...record,
    outbox: [...record.outbox, next],
    conversation: withCopies(record.conversation, (copy) =>
      copy.id === id ? { ...copy, id: next.id } : copy,
    ).map((entry) => (entry.kind === 'said' && entry.id === id ? { ...entry, id: next.id } : entry)),
  }
}
