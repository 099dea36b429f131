/** What a member sees of the conversation, and what is inside the messages. */

import type { TargetedMessageErrorCode } from 'mls-targeted-messages'

/** One recipient's copy of a whisper, as its sender keeps it. */
export interface Copy {
  /** Of the parcel. */
  readonly id: string
  readonly to: string
  /** Undefined until it is sealed. */
  readonly message: Uint8Array | undefined
  /** `held` until it is released; `waiting` until the delivery service has it; `gone`: the recipient left before. */
  readonly state: 'held' | 'waiting' | 'sent' | 'read' | 'gone'
}

interface Line {
  /** Of the parcel that brought it, or of the message. */
  readonly id: string
  readonly epoch: bigint
  /** When this member saw it first, in milliseconds. */
  readonly at: number
}

export type Entry =
  /** A message to the group, of this member or another. */
  | (Line & {
      readonly kind: 'said'
      readonly from: string
      readonly text: string
      /** Nothing until the member can send it. */
      readonly message: Uint8Array | undefined
    })
  /** A whisper of this member. */
  | (Line & { readonly kind: 'whispered'; readonly text: string; readonly copies: readonly Copy[] })
  /** A whisper to this member. */
  | (Line & {
      readonly kind: 'heard'
      readonly from: string
      readonly leafIndex: number
      readonly text: string
      /** The sender's name for it, for the receipt. */
      readonly textId: string
      readonly read: boolean
      readonly authenticatedData: Uint8Array
      readonly message: Uint8Array
    })
  /** A targeted message to another member. */
  | (Line & {
      readonly kind: 'sealed'
      readonly to: string
      readonly message: Uint8Array
    })
  /** The group has changed. */
  | (Line & { readonly kind: 'news'; readonly text: string })
  /** What was not opened. */
  | (Line & {
      readonly kind: 'refused'
      /** `ts-mls`: the error is not of this library. */
      readonly code: TargetedMessageErrorCode | 'ts-mls'
      readonly why: string
      readonly message: Uint8Array
    })

export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

export const news = (epoch: bigint, text: string): Entry => ({
  kind: 'news',
  id: crypto.randomUUID(),
  epoch,
  at: Date.now(),
  text,
})

type Conversation = readonly Entry[]

/** Changes one copy of a whisper, wherever it is. */
export const withCopies = (
  conversation: Conversation,
  change: (copy: Copy, whisper: EntryOf<'whispered'>) => Copy,
): Conversation =>
  conversation.map((entry) => {
    if (entry.kind !== 'whispered') return entry
    const copies = entry.copies.map((copy) => change(copy, entry))
    return copies.every((copy, i) => copy === entry.copies[i]) ? entry : { ...entry, copies }
  })

/** Once a recipient has read its copy. */
export const withReceipt = (
  conversation: Conversation,
  { id, reader }: { readonly id: string; readonly reader: string },
): Conversation =>
  withCopies(conversation, (copy, whisper) =>
    whisper.id === id && copy.to === reader ? { ...copy, state: 'read' } : copy,
  )
