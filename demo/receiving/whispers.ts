/** Targeted messages. Those to this member are opened, many at a time; the others are only shown. */

import {
  isTargetedMessage,
  type ReceivedMessage,
  readHeader,
  TargetedMessageError,
} from 'mls-targeted-messages'
import { equalBytes } from '../messenger/bytes.js'
import { withReceipt } from '../messenger/conversation.js'
import type { Change } from '../messenger/ledger.js'
import { decodeBody } from '../messenger/outgoing.js'
import { type MemberRecord, nameAt, told } from '../messenger/record.js'
import type { Tools } from '../messenger/tools.js'
import { inTheirOrder } from './order.js'
import { type Arriving, keepForLater, refused, take } from './taking.js'

export const isWhisper = ({ parcel }: Arriving): boolean => isTargetedMessage(parcel.bytes)

/** The epoch does not change meanwhile. */
export const receiveWhispers = (arriving: readonly Arriving[], tools: Tools): Promise<void> =>
  inTheirOrder(arriving, async (each, stored) => {
    const { state, since, understands } = tools.ledger.record
    if (!state) return keepForLater(each, tools)
    // An older client does not know the wire format.
    if (!understands) return stored(() => take(each, tools))
    const { parcel } = each
    try {
      const header = readHeader(parcel.bytes)
      const { groupId, epoch, recipientLeafIndex } = header
      // Before this member came, its leaf may have been another's.
      const isForMe =
        epoch >= since &&
        equalBytes(groupId, state.groupContext.groupId) &&
        recipientLeafIndex === state.privatePath.leafIndex
      if (!isForMe) return await stored(() => take(each, tools, passesBy(each, header)))
      // Stored, and only then marked as received. After a crash in between it is received again, and is still stored once.
      const keep = (received: ReceivedMessage): Promise<void> =>
        stored(() => take(each, tools, heard(received, parcel.bytes)))
      await tools.inbox.receive(parcel.bytes, { keep })
    } catch (error) {
      if (!(error instanceof TargetedMessageError) || error.code === 'storage') throw error
      // Its keys come with a commit.
      if (error.code === 'epoch-ahead') return stored(() => keepForLater(each, tools))
      return stored(() => take(each, tools, refused(each, error.code, error.message)))
    }
  })

const passesBy =
  ({ parcel }: Arriving, { epoch, recipientLeafIndex }: ReturnType<typeof readHeader>): Change =>
  (record) =>
    told(record, {
      kind: 'sealed',
      id: parcel.id,
      epoch,
      at: Date.now(),
      to: nameAt(record, epoch, recipientLeafIndex),
      message: parcel.bytes,
    })

/** The name in the epoch in which the message was sealed: in another epoch, somebody else may be at the leaf. */
const heard =
  (
    { id, epoch, senderLeafIndex, applicationData, authenticatedData }: ReceivedMessage,
    message: Uint8Array,
  ) =>
  (record: MemberRecord): MemberRecord => {
    const body = decodeBody(applicationData)
    const from = nameAt(record, epoch, senderLeafIndex)
    if (body?.type === 'read') {
      return { ...record, conversation: withReceipt(record.conversation, { id: body.id, reader: from }) }
    }
    const isThere = record.conversation.some((entry) => entry.kind === 'heard' && entry.id === id)
    if (!body || isThere) return record
    return told(record, {
      kind: 'heard',
      id,
      epoch,
      at: Date.now(),
      from,
      leafIndex: senderLeafIndex,
      text: body.text,
      textId: body.id,
      read: false,
      authenticatedData,
      message,
    })
  }
