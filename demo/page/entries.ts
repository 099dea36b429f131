/** A line of a conversation. */

import { make } from '../dom.js'
import { type Copy, type Entry, type EntryOf, encodeBody } from '../messenger/conversation.js'
import { button } from './button.js'

/** A message to look into. */
export interface Inspected {
  readonly title: string
  readonly message: Uint8Array
  /** What is in it, for those who may know. */
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
    head(
      title,
      bytes(() => inspect({ title, message })),
    ),
    make('p', 'text', text),
  ]
}

function whispered({ id, text, copies }: EntryOf<'whispered'>, { release, inspect }: EntryActions): Node[] {
  const applicationData = encodeBody({ type: 'text', id, text })
  const isHeld = copies.some(({ state }) => state === 'held')
  return [
    head(`Whispered to ${copies.map(({ to }) => to).join(', ')}`),
    make('p', 'text', text),
    make(
      'ul',
      'copies',
      ...copies.map((copy) =>
        make(
          'li',
          '',
          button(copyLabel(copy), `copy ${copy.state}`, () =>
            inspect({ title: `Whisper to ${copy.to}`, message: copy.message, applicationData }),
          ),
        ),
      ),
    ),
    ...(isHeld ? [button('Deliver it now', 'deliver', () => release(id))] : []),
  ]
}

const copyLabel = ({ to, state }: Copy): string =>
  ({ sent: `${to}: sent`, held: `${to}: held back`, read: `✓ read by ${to}` })[state]

function heard({ id, from, text, read, message }: EntryOf<'heard'>, actions: EntryActions): Node[] {
  const applicationData = encodeBody({ type: 'text', id, text })
  return [
    head(
      `${from} whispers to you`,
      bytes(() => actions.inspect({ title: `Whisper from ${from}`, message, applicationData })),
    ),
    read ? make('p', 'text', text) : button(`Read it, and let ${from} know`, 'read', () => actions.read(id)),
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

/** The library's messages begin small and end without a stop. */
export const sentence = (why: string): string => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`

const bytes = (action: () => void): HTMLElement => button('Bytes', 'bytes', action)

const head = (title: string, ...more: Node[]): HTMLElement =>
  make('p', 'who', make('span', '', title), ...more)
