/** Seals, in the current epoch, what is in the outbox unsealed or was sealed in an epoch that is over. */

import type { GroupEpoch } from 'mls-targeted-messages'
import { withCopies } from '../messenger/conversation.js'
import { type Body, type Content, encodeBody, type Outgoing, type Sealed } from '../messenger/outgoing.js'
import { leafOf, type MemberRecord } from '../messenger/record.js'
import { type ClientState, leavingLeaves, type Stack, say } from '../messenger/stack.js'
import type { Tools } from '../messenger/tools.js'

/** Resolves when the state that sealed it is stored. Nothing may be sent before. */
export async function sealDue(tools: Tools): Promise<void> {
  const { ledger, stack } = tools
  const { record } = ledger
  if (!record.state) return
  const due = record.outbox.filter((outgoing) => isDue(outgoing, record.state))
  if (due.length === 0) return
  const epoch = await currentEpoch(record.state, tools)
  const sealed = new Map<string, Sealed | 'gone'>()
  let state = record.state
  for (const { id, content } of due) {
    if (content.kind === 'say') {
      // While a proposal is pending, nobody may send application messages (RFC 9420 section 12.4).
      if (leavingLeaves(state).length > 0) continue
      const [next, bytes] = await sayIn(state, content.body, stack)
      state = next
      sealed.set(id, { bytes, epoch: state.groupContext.epoch })
    } else if (content.kind === 'whisper' || content.kind === 'held') {
      sealed.set(id, await whisperTo(content, record, epoch))
    }
  }
  if (sealed.size > 0) await ledger.commit((latest) => withSealed({ ...latest, state }, sealed))
}

function isDue({ content, sealed }: Outgoing, state: ClientState | undefined): boolean {
  if (sealed === undefined) return true
  const isOfItsEpoch = content.kind === 'say' || content.kind === 'whisper'
  return isOfItsEpoch && sealed.epoch !== state?.groupContext.epoch
}

const sayIn = (state: ClientState, body: Body, stack: Stack): Promise<[ClientState, Uint8Array]> =>
  say(state, encodeBody(body), stack)

/** The inbox entered it when the state was stored. */
async function currentEpoch({ groupContext }: ClientState, { inbox }: Tools): Promise<GroupEpoch> {
  const current = await inbox.current(groupContext.groupId)
  if (current?.epoch !== groupContext.epoch) throw new Error('the inbox has lost the group')
  return current
}

async function whisperTo(
  { to, body }: Extract<Content, { to: string }>,
  record: MemberRecord,
  epoch: GroupEpoch,
): Promise<Sealed | 'gone'> {
  const recipientLeafIndex = leafOf(record, to)
  if (recipientLeafIndex === undefined) return 'gone'
  // Everybody can read the authenticated data, and the demo shows that.
  const authenticatedData = new TextEncoder().encode(`sent ${new Date().toISOString()}`)
  const bytes = await epoch.seal({ recipientLeafIndex, applicationData: encodeBody(body), authenticatedData })
  return { bytes, epoch: epoch.epoch }
}

function withSealed(record: MemberRecord, sealed: ReadonlyMap<string, Sealed | 'gone'>): MemberRecord {
  const bytesOf = (id: string): Uint8Array | undefined => {
    const found = sealed.get(id)
    return found === 'gone' ? undefined : found?.bytes
  }
  return {
    ...record,
    outbox: record.outbox.flatMap((outgoing) => {
      const found = sealed.get(outgoing.id)
      if (found === 'gone') return []
      return [found ? { ...outgoing, sealed: found } : outgoing]
    }),
    conversation: withCopies(record.conversation, (copy) => {
      if (sealed.get(copy.id) === 'gone') return { ...copy, state: 'gone' }
      const message = bytesOf(copy.id)
      return message ? { ...copy, message } : copy
    }).map((entry) => {
      const message = entry.kind === 'said' ? bytesOf(entry.id) : undefined
      return entry.kind === 'said' && message ? { ...entry, message } : entry
    }),
  }
}
