/** What a person does, as changes of the record. What follows from them is in `settle.ts`. */

import { type Copy, type EntryOf, withCopies } from '../messenger/conversation.js'
import { keyPackageMessage, type OwnKeyPackage } from '../messenger/key-packages.js'
import type { Change } from '../messenger/ledger.js'
import { type Outgoing, readyMade, unsealed } from '../messenger/outgoing.js'
import { type MemberRecord, told } from '../messenger/record.js'

/** To everybody. */
export const say =
  (text: string): Change =>
  (record) => {
    const id = crypto.randomUUID()
    const outgoing: Outgoing = {
      id,
      content: { kind: 'say', body: { type: 'text', id, text } },
      sealed: undefined,
    }
    const entry = { ...line(record, id), kind: 'said', from: record.name, text, message: undefined } as const
    return sending(told(record, entry), [outgoing])
  }

export interface Whisper {
  readonly recipients: readonly string[]
  readonly text: string
  /** `held` keeps the messages back until they are released. */
  readonly delivery: 'now' | 'held'
}

/** To some members, each in a message of its own. */
export const whisper =
  ({ recipients, text, delivery }: Whisper): Change =>
  (record) => {
    const id = crypto.randomUUID()
    const kind = delivery === 'held' ? 'held' : 'whisper'
    const outgoing = recipients.map((to) => unsealed({ kind, to, body: { type: 'text', id, text } }))
    const copies = outgoing.map((each, i): Copy => {
      const state = delivery === 'held' ? 'held' : 'waiting'
      return { id: each.id, to: recipients[i] ?? '', message: undefined, state }
    })
    return sending(told(record, { ...line(record, id), kind: 'whispered', text, copies }), outgoing)
  }

/** Releases a whisper that was held back. */
export const release =
  (id: string): Change =>
  (record) => {
    const copies = entryOf(record, id, 'whispered').copies.filter(({ state }) => state === 'held')
    const ids = new Set(copies.map((copy) => copy.id))
    return {
      ...record,
      outbox: record.outbox.map((each) => (ids.has(each.id) ? { ...each, content: { kind: 'late' } } : each)),
      conversation: withCopies(record.conversation, (copy) =>
        ids.has(copy.id) ? { ...copy, state: 'waiting' } : copy,
      ),
    }
  }

/** Shows a whisper, and sends a receipt to its sender only. */
export const read =
  (id: string): Change =>
  (record) => {
    const heard = entryOf(record, id, 'heard')
    if (heard.read) return record
    const conversation = record.conversation.map((entry) =>
      entry === heard ? { ...heard, read: true } : entry,
    )
    const body = { type: 'read', id: heard.textId } as const
    return sending({ ...record, conversation }, [unsealed({ kind: 'whisper', to: heard.from, body })])
  }

/** A commit without proposals: new keys for this member, and a new epoch for all. */
export const renewKeys: Change = (record) => ({ ...record, wishes: { ...record.wishes, newKeys: true } })

export const leave: Change = (record) => ({ ...record, wishes: { ...record.wishes, toLeave: true } })

/** Joins again, as a new member. */
export const joinWith =
  (keyPackage: OwnKeyPackage): Change =>
  (record) =>
    record.phase === 'left'
      ? sending({ ...record, keyPackage, phase: 'asking' }, [applicationOf(keyPackage)])
      : record

/** `early` was for the leaf of before. */
export const joinOnceMoreWith =
  (keyPackage: OwnKeyPackage): Change =>
  (record) =>
    record.phase === 'joining'
      ? sending({ ...record, keyPackage, phase: 'asking', early: [] }, [applicationOf(keyPackage)])
      : record

export const applicationOf = ({ publicPackage }: OwnKeyPackage): Outgoing =>
  readyMade('joining', keyPackageMessage(publicPackage))

const line = ({ state }: MemberRecord, id: string) => ({
  id,
  epoch: state?.groupContext.epoch ?? 0n,
  at: Date.now(),
})

const sending = (record: MemberRecord, outgoing: readonly Outgoing[]): MemberRecord => ({
  ...record,
  outbox: [...record.outbox, ...outgoing],
})

function entryOf<Kind extends 'heard' | 'whispered'>(
  { conversation }: MemberRecord,
  id: string,
  kind: Kind,
): EntryOf<Kind> {
  const isIt = (entry: MemberRecord['conversation'][number]): entry is EntryOf<Kind> =>
    entry.kind === kind && entry.id === id
  const entry = conversation.find(isIt)
  if (!entry) throw new Error('the message is gone')
  return entry
}
