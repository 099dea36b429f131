import { type InspectedField, inspect } from 'mls-targeted-messages'
import { make } from '../dom.js'
import { meanings } from '../scenario/fields.js'
import { type SuiteId, suites } from '../scenario/suites.js'

/** Of a longer field, the first bytes are shown. */
const limit = 512

/** Without the right key, these fields are only ciphertext. */
const readers = {
  encryptedSenderAuthData: 'members',
  ciphertext: 'recipient',
} as const

type Readers = (typeof readers)[keyof typeof readers]

/** The whole message to scale, and each field with all its bytes. */
export function fieldsView(message: Uint8Array, recipient: string, suite: SuiteId): Node[] {
  const fields = inspect(message)
  return [
    make(
      'p',
      'note',
      `${message.length} bytes in ${fields.length} fields. A byte in a frame is of a length prefix (RFC 9420 section 2.1.2).`,
    ),
    scale(fields),
    make('ol', 'fields', ...fields.map((field) => fieldView(field, message, recipient, suite))),
  ]
}

function scale(fields: readonly InspectedField[]): HTMLElement {
  const bar = make(
    'div',
    'scale',
    ...fields.map(({ name, length }) => {
      const part = make('span', '')
      part.dataset['field'] = name
      part.style.flexGrow = String(length)
      return part
    }),
  )
  // The list says the same in words.
  bar.ariaHidden = 'true'
  return bar
}

function fieldView(
  field: InspectedField,
  message: Uint8Array,
  recipient: string,
  suite: SuiteId,
): HTMLElement {
  const { name, offset, length, prefixLength } = field
  const item = make(
    'li',
    '',
    make(
      'p',
      'title',
      make('code', '', name),
      ...valueOfNumber(field),
      make('span', 'length', lengthOf(field)),
      make('span', `readers ${readersOf(name) ?? 'all'}`, readersText(name, recipient)),
    ),
    make('p', 'note', meanings[name]),
    ...textOf(field),
    ...partsOf(field, suite),
    bytesView(message.subarray(offset, offset + length), prefixLength),
  )
  item.dataset['field'] = name
  return item
}

const readersOf = (name: InspectedField['name']): Readers | undefined =>
  name === 'ciphertext' || name === 'encryptedSenderAuthData' ? readers[name] : undefined

function readersText(name: InspectedField['name'], recipient: string): string {
  const texts = {
    members: 'encrypted: all members can read it',
    recipient: `encrypted: ${recipient} alone can read it`,
  }
  const found = readersOf(name)
  return found ? texts[found] : 'not encrypted'
}

function lengthOf({ length, prefixLength }: InspectedField): string {
  const bytes = length === 1 ? '1 byte' : `${length} bytes`
  return prefixLength > 0 ? `${bytes}, ${prefixLength} of them the length prefix` : bytes
}

/** Constants need none. */
const valueOfNumber = ({ name, value }: InspectedField): Node[] =>
  typeof value === 'object' || name === 'version' || name === 'wireFormat'
    ? []
    : [make('span', 'value', `= ${value}`)]

/** What is readable by all is shown as what it says. */
function textOf({ name, value }: InspectedField): Node[] {
  if (name !== 'authenticatedData' || !(value instanceof Uint8Array) || value.length === 0) return []
  return [make('p', 'says', make('bdi', '', new TextDecoder().decode(value)))]
}

/** Most of the sender auth data is the KEM output. */
function partsOf({ name, value }: InspectedField, suite: SuiteId): Node[] {
  if (name !== 'encryptedSenderAuthData' || !(value instanceof Uint8Array)) return []
  const { kemOutput } = suites[suite]
  const prefixes = 2 + (kemOutput < 64 ? 1 : 2)
  const signature = value.length - leafLength - kemOutput - tagLength - prefixes
  const kem = kemOutput.toLocaleString('en')
  return [
    make(
      'p',
      'note',
      `Of it the leaf ${leafLength} bytes, the signature ${signature}, the KEM output ${kem}, the tag ${tagLength}.`,
    ),
  ]
}

/** In bytes: a uint32, and the tag of AES-GCM. */
const [leafLength, tagLength] = [4, 16]

export function bytesView(bytes: Uint8Array, prefixLength: number): HTMLElement {
  const rest = bytes.subarray(prefixLength, limit)
  const more = bytes.length - prefixLength - rest.length
  const prefix = make('span', 'prefix', pairs(bytes.subarray(0, prefixLength)))
  return make(
    'code',
    'hex',
    ...(prefixLength > 0 ? [prefix, ' '] : []),
    pairs(rest),
    ...(more > 0 ? [make('span', 'more', ` … and ${more} more`)] : []),
  )
}

const pairs = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
