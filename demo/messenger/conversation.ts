/** What a member sees of the conversation, and what is inside the messages. */

import type { TargetedMessageErrorCode } from 'mls-targeted-messages'

/** One recipient's copy of a whisper, as its sender keeps it. */
export interface Copy {
  readonly to: string
  readonly leafIndex: number
  readonly message: Uint8Array
  /** `held` until it is let go: delivery can be slow. */
  readonly state: 'sent' | 'held' | 'read'
}

interface Line {
  /** In the sequence of the conversation; sender and recipients of one message share it. */
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
      readonly message: Uint8Array
    })
  /** A whisper of this member. */
  | (Line & { readonly kind: 'whispered'; readonly text: string; readonly copies: readonly Copy[] })
  /** A whisper to this member. */
  | (Line & {
      readonly kind: 'heard'
      readonly from: string
      readonly leafIndex: number
      readonly text: string
      readonly read: boolean
      readonly message: Uint8Array
    })
  /** A targeted message to another member, which passes by. */
  | (Line & {
      readonly kind: 'sealed'
      readonly to: string
      readonly leafIndex: number
      readonly message: Uint8Array
    })
  /** The group has changed. */
  | (Line & { readonly kind: 'news'; readonly text: string })
  /** A targeted message to this member that was not opened. */
  | (Line & {
      readonly kind: 'refused'
      readonly code: TargetedMessageErrorCode
      readonly why: string
      readonly message: Uint8Array
    })

export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

/** The content of a message, sealed to the group or to one member. */
export type Body =
  | { readonly type: 'text'; readonly id: string; readonly text: string }
  /** The text with this id was read. */
  | { readonly type: 'read'; readonly id: string }

export const encodeBody = (body: Body): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

/** Nothing for what this messenger does not understand. */
export function decodeBody(bytes: Uint8Array): Body | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value !== 'object' || value === null) return undefined
    if (!('type' in value && 'id' in value && typeof value.id === 'string')) return undefined
    if (value.type === 'read') return { type: 'read', id: value.id }
    if (value.type !== 'text' || !('text' in value) || typeof value.text !== 'string') return undefined
    return { type: 'text', id: value.id, text: value.text }
  } catch {
    return undefined
  }
}

/** The sender's entry, once a recipient has read its copy. */
export function withReceipt(
  conversation: readonly Entry[],
  { id, reader }: { readonly id: string; readonly reader: string },
): readonly Entry[] {
  return conversation.map((entry) =>
    entry.kind === 'whispered' && entry.id === id
      ? {
          ...entry,
          copies: entry.copies.map((copy) => (copy.to === reader ? { ...copy, state: 'read' } : copy)),
        }
      : entry,
  )
}
