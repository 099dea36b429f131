/** Whoever adds a newcomer sends the Welcome once the commit has its place in the order, and may be gone for good by then. */

import { news } from '../messenger/conversation.js'
import { newKeyPackage } from '../messenger/key-packages.js'
import { type MemberRecord, told } from '../messenger/record.js'
import { decodeMessage } from '../messenger/stack.js'
import type { Tools } from '../messenger/tools.js'
import { joinOnceMoreWith } from './actions.js'

/** Somebody has committed since this member asked to join, and no Welcome has come. */
export const isLeftWaiting = ({ phase, early }: MemberRecord): boolean =>
  phase === 'joining' && early.some(({ bytes }) => isCommit(bytes))

/** With a KeyPackage of the same member: who is in the group removes the leaf of before, and adds it anew. */
export async function askOnceMore({ ledger, stack }: Tools): Promise<void> {
  const { name, understands, keyPackage: before } = ledger.record
  const keyPackage = await newKeyPackage({ name, understands, before }, stack)
  await ledger.commit((record) =>
    joinOnceMoreWith(keyPackage)(told(record, news(0n, `No Welcome came. ${name} asks once more`))),
  )
}

function isCommit(bytes: Uint8Array): boolean {
  const message = decodeMessage(bytes)
  return message?.wireformat === 'mls_private_message' && message.privateMessage.contentType === 'commit'
}
