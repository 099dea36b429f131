/** What somebody can read of a parcel, field by field. */

import { isTargetedMessage, readHeader } from 'mls-targeted-messages'
import type { Parcel } from '../delivery/delivery-service.js'
import { equalBytes } from '../messenger/bytes.js'
import { nameOfKeyPackage } from '../messenger/key-packages.js'
import { type MemberRecord, nameAt } from '../messenger/record.js'
import { decodeMessage, type Stack } from '../messenger/stack.js'
import { hex } from '../scenario/fields.js'
import { openSenderAuthData } from './sender-auth-data.js'

/** `network`: an outsider, who only sees that something passes. */
export type Viewer =
  | { readonly kind: 'member'; readonly record: MemberRecord }
  | { readonly kind: 'service' }
  | { readonly kind: 'network' }

export interface Field {
  readonly label: string
  readonly value: string
  /** `open`: anybody with the bytes can read it; `opened`: this viewer's keys open it; `closed`: this viewer cannot read it. */
  readonly access: 'open' | 'opened' | 'closed'
}

export interface Sight {
  readonly title: string
  readonly fields: readonly Field[]
}

const open = (label: string, value: string): Field => ({ label, value, access: 'open' })
const opened = (label: string, value: string): Field => ({ label, value, access: 'opened' })
const closed = (label: string, value: string): Field => ({ label, value, access: 'closed' })

export async function sightOf({ id, bytes }: Parcel, viewer: Viewer, stack: Stack): Promise<Sight> {
  if (viewer.kind === 'network') {
    return {
      title: 'Something passes',
      fields: [open('Size', `${bytes.length} bytes, more or less`), closed('Everything else', 'under TLS')],
    }
  }
  if (isTargetedMessage(bytes)) return targeted(bytes, viewer, stack)
  return ofMls(id, bytes, viewer)
}

const start = (bytes: Uint8Array): string => hex(bytes, 12)

async function targeted(
  bytes: Uint8Array,
  viewer: Exclude<Viewer, { kind: 'network' }>,
  stack: Stack,
): Promise<Sight> {
  const { groupId, epoch, recipientLeafIndex, authenticatedData } = readHeader(bytes)
  const record = viewer.kind === 'member' ? viewer.record : undefined
  const to = record ? nameAt(record, epoch, recipientLeafIndex) : `leaf ${recipientLeafIndex}`
  return {
    title: 'Targeted message',
    fields: [
      open('Group, epoch', `${hex(groupId, 4)}, epoch ${epoch}`),
      open('To', to),
      open('Authenticated data', new TextDecoder().decode(authenticatedData)),
      ...(record
        ? await senderFields(bytes, epoch, record, stack)
        : [closed('Sender auth data', 'for members')]),
      record ? contentOf(bytes, record, to) : closed('Content', 'for the recipient; its length is padded'),
    ],
  }
}

async function senderFields(
  bytes: Uint8Array,
  epoch: bigint,
  record: MemberRecord,
  stack: Stack,
): Promise<Field[]> {
  const { state } = record
  if (state?.groupContext.epoch !== epoch)
    return [closed('Sender auth data', `the exporter secret of epoch ${epoch} is deleted`)]
  try {
    const { senderLeafIndex, signature, kemOutput } = await openSenderAuthData(bytes, state, stack)
    return [
      opened('From', `${nameAt(record, epoch, senderLeafIndex)} (leaf ${senderLeafIndex})`),
      opened('Signature', start(signature)),
      opened('KEM output', start(kemOutput)),
    ]
  } catch {
    return [closed('Sender auth data', 'not encrypted with the group’s secret')]
  }
}

function contentOf(bytes: Uint8Array, { conversation }: MemberRecord, to: string): Field {
  const isIt = (message: Uint8Array | undefined): boolean =>
    message !== undefined && equalBytes(message, bytes)
  for (const entry of conversation) {
    if (entry.kind === 'heard' && isIt(entry.message)) return opened('Content', entry.text)
    if (entry.kind === 'whispered' && entry.copies.some(({ message }) => isIt(message)))
      return opened('Content', `${entry.text} (its own words)`)
  }
  return closed('Content', `for ${to}; its length is padded`)
}

function ofMls(id: string, bytes: Uint8Array, viewer: Exclude<Viewer, { kind: 'network' }>): Sight {
  const message = decodeMessage(bytes)
  switch (message?.wireformat) {
    case 'mls_private_message': {
      const { groupId, epoch, contentType } = message.privateMessage
      const conversation = viewer.kind === 'member' ? viewer.record.conversation : []
      const entry = conversation.find((line) => line.kind === 'said' && line.id === id)
      return {
        title: 'Group message',
        fields: [
          open('Group, epoch', `${hex(groupId, 4)}, epoch ${epoch}`),
          open('Content type', contentType),
          ...(entry?.kind === 'said'
            ? [opened('From', entry.from), opened('Content', entry.text)]
            : [closed('Sender and content', 'for members of this epoch')]),
        ],
      }
    }
    case 'mls_key_package':
      return {
        title: 'KeyPackage',
        fields: [open('Who asks to join', nameOfKeyPackage(message.keyPackage))],
      }
    case 'mls_welcome':
      return {
        title: 'Welcome',
        fields: [
          open('Newcomers', String(message.welcome.secrets.length)),
          closed('The group’s secrets', 'for the newcomers'),
        ],
      }
    default:
      return { title: 'Bytes that are no message of MLS', fields: [open('Size', `${bytes.length} bytes`)] }
  }
}
