/** Other bytes, by field: a message of RFC 9420, or no message at all. */

import { make } from '../dom.js'
import { decodeMessage, type PrivateMessage } from '../messenger/stack.js'
import { bytesView } from './fields.js'

export function groupMessageView(bytes: Uint8Array): HTMLElement {
  const message = decodeMessage(bytes)
  if (message?.wireformat === 'mls_private_message') return privateMessageView(bytes, message.privateMessage)
  const what = message ? `A message of MLS: ${message.wireformat}.` : 'These bytes are no message of MLS.'
  return make('div', 'wire', make('p', 'note', what), make('ol', 'fields', fieldView(['bytes', '', bytes])))
}

type Field = readonly [name: string, meaning: string, value: Uint8Array | string]

const privateMessageView = (bytes: Uint8Array, message: PrivateMessage): HTMLElement =>
  make(
    'div',
    'wire',
    make(
      'p',
      'note',
      `A PrivateMessage (RFC 9420 section 6.3) of ${bytes.length} bytes. Every member of the group opens it; the delivery service sees the group, the epoch, and what kind of content it is.`,
    ),
    make('ol', 'fields', ...fieldsOf(message).map(fieldView)),
  )

const fieldsOf = (message: PrivateMessage): readonly Field[] => [
  ['group_id', 'which group', message.groupId],
  ['epoch', 'which epoch of it', String(message.epoch)],
  ['content_type', 'application data, a proposal or a commit', message.contentType],
  ['authenticated_data', 'readable by all, signed', message.authenticatedData],
  ['encrypted_sender_data', 'who sent it: for members', message.encryptedSenderData],
  ['ciphertext', 'content, signature and padding: for members', message.ciphertext],
]

function fieldView([name, meaning, value]: Field): HTMLElement {
  const isText = typeof value === 'string'
  const title = make(
    'p',
    'title',
    make('code', '', name),
    make('span', isText ? 'value' : 'length', isText ? `= ${value}` : `${value.length} bytes`),
  )
  return make(
    'li',
    '',
    title,
    ...(meaning ? [make('p', 'note', meaning)] : []),
    ...(isText || value.length === 0 ? [] : [bytesView(value, 0)]),
  )
}
