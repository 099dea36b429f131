/** A line of a conversation. */

import { make } from '../dom.js'
import type { Copy, Entry, EntryOf } from '../messenger/conversation.js'
import { encodeBody } from '../messenger/outgoing.js'
import { button } from './button.js'

/** A message to look into. */
export interface Inspected {
  readonly title: string
  readonly message: Uint8Array
  /** The content, for those who can open it. */
  readonly applicationData?: Uint8Array
}

/** What a line can do when it is clicked. */
export interface EntryActions {
  readonly read: (id: string) => void
  readonly release: (id: string) => void
  readonly inspect: (inspected: Inspected) => void
}

export const entryView = (entry: Entry, actions: EntryActions): HTMLElement =>
  make('div', `entry ${entry.kind}`, ...partsOf(entry, actions))

function partsOf(entry: Entry, actions: EntryActions): (Node | string)[] {
  switch (entry.kind) {
    case 'said':
      return said(entry, actions)
    case 'whispered':
      return whispered(entry, actions)
    case 'heard':
      return heard(entry, actions)
    case 'sealed':
      return sealed(entry, actions)
    case 'news':
      return [make('span', 'epoch', `epoch ${entry.epoch}`), make('span', '', entry.text)]
    case 'refused':
      return refused(entry, actions)
  }
}

function said({ from, text, message }: EntryOf<'said'>, { inspect }: EntryActions): Node[] {
  const title = `${from} to everybody`
  return [
    message
      ? head(
          title,
          bytes(() => inspect({ title, message })),
        )
      : head(`${title}, as soon as it can be sent`),
    textView(text),
  ]
}

function whispered({ id, text, copies }: EntryOf<'whispered'>, { release, inspect }: EntryActions): Node[] {
  const applicationData = encodeBody({ type: 'text', id, text })
  const isHeld = copies.some(({ state }) => state === 'held')
  const copyView = (copy: Copy): HTMLElement => {
    const { message, state, to } = copy
    return message
      ? button(copyLabel(copy), `copy ${state}`, () =>
          inspect({ title: `Whisper to ${to}`, message, applicationData }),
        )
      : make('span', `copy ${state}`, copyLabel(copy))
  }
  return [
    head(`Whispered to ${copies.map(({ to }) => to).join(', ')}`),
    textView(text),
    make('ul', 'copies', ...copies.map((copy) => make('li', '', copyView(copy)))),
    ...(isHeld ? [button('Deliver it now', 'deliver', () => release(id))] : []),
  ]
}

const copyLabel = ({ to, state }: Copy): string =>
  ({
    held: `${to}: held back`,
    waiting: `${to}: on its way`,
    sent: `${to}: sent`,
    read: `✓ read by ${to}`,
    gone: `${to} had left`,
  })[state]

function heard(entry: EntryOf<'heard'>, actions: EntryActions): Node[] {
  const { id, textId, from, text, read, message } = entry
  const applicationData = encodeBody({ type: 'text', id: textId, text })
  return [
    head(
      `${from} whispers to you`,
      bytes(() => actions.inspect({ title: `Whisper from ${from}`, message, applicationData })),
    ),
    read ? textView(text) : button(`Read it, and let ${from} know`, 'read', () => actions.read(id)),
  ]
}

const sealed = ({ to, message }: EntryOf<'sealed'>, { inspect }: EntryActions): Node[] => [
  button(`Sealed, for ${to} · ${message.length} bytes`, 'passing', () =>
    inspect({ title: `Sealed, for ${to}`, message }),
  ),
]

function refused({ code, why, message }: EntryOf<'refused'>, { inspect }: EntryActions): Node[] {
  return [
    head(
      'Refused',
      bytes(() => inspect({ title: 'A message that was refused', message })),
    ),
    make('code', 'code', code),
    make('p', 'why', sentence(why)),
  ]
}

/** The library's messages begin with a small letter and end without a full stop. */
export const sentence = (why: string): string =>
  `${why.charAt(0).toUpperCase()}${why.slice(1)}${/[.!?]$/.test(why) ? '' : '.'}`

/** People write from left to right and from right to left. */
function textView(text: string): HTMLElement {
  const view = make('p', 'text', text)
  view.dir = 'auto'
  return view
}

const bytes = (action: () => void): HTMLElement => button('Bytes', 'bytes', action)

const head = (title: string, ...more: Node[]): HTMLElement =>
  make('p', 'who', make('span', '', title), ...more)
