/** What the members of this tab know of a message. */

import { readHeader } from 'mls-targeted-messages'
import { equalBytes } from '../messenger/bytes.js'
import { type Entry, encodeBody } from '../messenger/conversation.js'
import type { Messenger } from '../messenger/messenger.js'

export function recipientOf(message: Uint8Array, { members }: Messenger): string | undefined {
  const { recipientLeafIndex } = readHeader(message)
  return members.find(({ record }) => record.state?.privatePath.leafIndex === recipientLeafIndex)?.record.name
}

/** The content, if its sender or its recipient is here. */
export function contentOf(message: Uint8Array, { members }: Messenger): Uint8Array | undefined {
  const entries = members.flatMap(({ record }) => record.conversation)
  const entry = entries.find((candidate) => isOf(candidate, message))
  if (entry?.kind !== 'heard' && entry?.kind !== 'whispered') return undefined
  return encodeBody({ type: 'text', id: entry.id, text: entry.text })
}

function isOf(entry: Entry, message: Uint8Array): boolean {
  if (entry.kind === 'heard') return equalBytes(entry.message, message)
  return entry.kind === 'whispered' && entry.copies.some((copy) => equalBytes(copy.message, message))
}
