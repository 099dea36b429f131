import { inspect, type OpenedMessage } from 'mls-targeted-messages'
import { make } from './dom.js'
import { type Attempt, type Delivery, nameOf } from './room.js'
import { hex, meanings } from './scenario/fields.js'

/** What the recipient reads. */
export function openedView({ recipient }: Delivery, opened: OpenedMessage): Node[] {
  const decoder = new TextDecoder()
  return [
    make('blockquote', '', decoder.decode(opened.applicationData)),
    make(
      'p',
      'note',
      `${nameOf(recipient)} opened it: from ${nameOf(opened.senderLeafIndex)} (leaf ${opened.senderLeafIndex}), `,
      `authenticated data “${decoder.decode(opened.authenticatedData)}”`,
    ),
  ]
}

/** Lets a line break where a camel has its hump. */
const breakable = (name: string): Node[] =>
  name
    .split(/(?=[A-Z])/)
    .flatMap((part, i) => (i === 0 ? [new Text(part)] : [make('wbr', ''), new Text(part)]))

/** The bytes, field by field. */
export function wireView({ message }: Delivery): Node[] {
  const rows = inspect(message).map(({ name, offset, length, value }) => {
    const number = typeof value === 'object' ? '' : ` = ${value}`
    const who = name === 'recipientLeafIndex' ? ` (${nameOf(Number(value))})` : ''
    const shown = name === 'version' || name === 'wireFormat' ? '' : number + who
    const title = make(
      'th',
      '',
      make('code', '', ...breakable(name)),
      shown,
      make('span', 'note', meanings[name]),
    )
    title.setAttribute('scope', 'row')
    return make(
      'tr',
      '',
      title,
      make('td', 'number', String(offset)),
      make('td', 'number', String(length)),
      make('td', '', make('code', 'bytes', hex(message.subarray(offset, offset + length), 16))),
    )
  })
  const head = ['Field', 'Offset', 'Length', 'First bytes'].map((title, i) => {
    const cell = make('th', i === 1 || i === 2 ? 'number' : '', title)
    cell.setAttribute('scope', 'col')
    return cell
  })
  return [
    make('table', '', make('thead', '', make('tr', '', ...head)), make('tbody', '', ...rows)),
    make('p', 'note', `${message.length} bytes in all; offsets and lengths count length prefixes.`),
  ]
}

/** Who was refused, and why. */
export const attemptsView = (title: string, attempts: readonly Attempt[]): Node[] => [
  make('h3', '', title),
  make(
    'ul',
    'attempts',
    ...attempts.map(({ what, error }) =>
      make(
        'li',
        '',
        make('span', 'what', what),
        make('code', error ? 'code' : 'code alarm', error?.code ?? 'opened'),
        make('span', 'note', error?.message ?? 'this must not happen'),
      ),
    ),
  ),
]
