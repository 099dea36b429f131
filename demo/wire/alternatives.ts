import { inspect } from 'mls-targeted-messages'
import { make } from '../dom.js'
import type { SuiteId } from '../scenario/suites.js'
import { measure, type Sizes } from './measure.js'

export interface AlternativesOptions {
  readonly message: Uint8Array
  readonly suite: SuiteId
  readonly applicationData: Uint8Array | undefined
}

/** AES-GCM's and ChaCha20-Poly1305's, in bytes. */
const tagLength = 16

interface Row {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly bytes: number
}

/** Filled in when it is measured. Without the content, as much as the message has room for is measured. */
export function alternativesView({ message, suite, applicationData }: AlternativesOptions): HTMLElement {
  const content = applicationData ?? new Uint8Array(roomIn(message))
  const body = make('tbody', '')
  const status = make('p', 'note', 'Measured with ts-mls in this page …')
  status.setAttribute('role', 'status')
  const show = (rows: readonly Row[]): void => {
    const most = Math.max(...rows.map(({ bytes }) => bytes))
    body.replaceChildren(...rows.map((row) => rowView(row, most)))
  }
  show(rowsOf(message.length, undefined))
  measure({ suite, content }).then(
    (sizes) => {
      show(rowsOf(message.length, sizes))
      status.textContent = `For a content of ${applicationData ? '' : 'at most '}${content.length} bytes, measured with ts-mls in this page. Each library pads in its own way.`
    },
    (error: unknown) => {
      status.classList.add('failed')
      status.textContent = `It could not be measured: ${error instanceof Error ? error.message : error}`
    },
  )
  return make('div', 'alternatives', make('table', '', body), status)
}

const rowsOf = (length: number, sizes: Sizes | undefined): readonly Row[] => {
  const { groupMessage = 0, keyPackage = 0, welcome = 0 } = sizes ?? {}
  return [
    { id: 'targeted', title: 'This targeted message', note: 'one member reads it', bytes: length },
    {
      id: 'group',
      title: 'A group message',
      note: 'a PrivateMessage, which all members read',
      bytes: groupMessage,
    },
    {
      id: 'new-group',
      title: 'A new group of two',
      note: sizes
        ? `KeyPackage ${keyPackage}, Welcome ${welcome}, first message ${groupMessage}`
        : 'KeyPackage, Welcome, first message',
      bytes: keyPackage + welcome + groupMessage,
    },
  ]
}

function rowView({ id, title, note, bytes }: Row, most: number): HTMLElement {
  const heading = make('th', '', title, make('span', 'note', note))
  heading.setAttribute('scope', 'row')
  const bar = make('span', 'bar')
  bar.style.inlineSize = `${(100 * bytes) / most}%`
  const size = bytes === 0 ? '…' : `${bytes.toLocaleString('en')} bytes`
  const row = make('tr', '', heading, make('td', '', make('span', 'size', size), bar))
  row.dataset['alternative'] = id
  return row
}

function roomIn(message: Uint8Array): number {
  const value = inspect(message).find(({ name }) => name === 'ciphertext')?.value
  return value instanceof Uint8Array ? value.length - tagLength : 0
}
