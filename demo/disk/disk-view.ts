/** What a thief of the disk finds for a member. */

import { make } from '../dom.js'
import type { Room } from '../messenger/room.js'
import type { Seat } from '../messenger/seat.js'
import { hex } from '../scenario/fields.js'
import { storeName } from '../storage/store.js'
import { type Part, readDatabase, type StoredRecord } from './read.js'
import { type Place, placesIn, type Secret, secretsOf } from './secrets.js'

/** How many bytes of longer values are shown around a find, and how many records of a store. */
const limits = { bytes: 48, records: 12 } as const

const databases = [
  { title: 'The messenger’s own database', note: 'The state of ts-mls, the outbox, and what was said.' },
  {
    title: 'The inbox',
    note: 'The keys of the current and past epochs, and the marks of received messages.',
  },
] as const

export async function diskView(seat: Seat, room: Room): Promise<Node[]> {
  const isOf = (_: string, key: IDBValidKey): boolean =>
    Array.isArray(key) && key[0] === room.id && key[1] === seat.name
  const found = [await readDatabase(storeName, isOf), await readDatabase(seat.inbox)]
  const record = seat.member?.record
  const secrets = record ? secretsOf(record) : []
  const places = found.flat().flatMap(({ parts }) => parts.flatMap((part) => placesIn(part, secrets)))
  const keys = found.flat().flatMap(({ parts }) => parts.filter(isPrivateKey))
  return [
    summary(seat, places, keys),
    ...found.flatMap((records, i) => databaseView(databases[i], records, secrets)),
    make(
      'p',
      'note',
      'To delete is not to overwrite: what lay in the clear before a passphrase was chosen may stay in the engine’s files for a while. A messenger asks for the passphrase first.',
    ),
  ]
}

const isPrivateKey = ({ value }: Part): boolean => value instanceof CryptoKey && value.type !== 'public'

function summary(seat: Seat, places: readonly Place[], keys: readonly Part[]): HTMLElement {
  const kinds = [...new Set(places.map(({ secret }) => secret.what))]
  const lines = [
    ...kinds.map((kind) => make('li', 'found', kind)),
    ...(keys.length > 0
      ? [
          make(
            'li',
            'found',
            `${keys.length} CryptoKeys: script cannot read them, and the engine writes their bytes to its files in the clear`,
          ),
        ]
      : []),
  ]
  const verdict =
    lines.length > 0
      ? `A thief of the disk finds, of ${seat.name}:`
      : seat.member
        ? `A thief of the disk finds nothing of ${seat.name} that can be read, though all of it is open in this page: it is encrypted under a key of the passphrase, which is in memory alone.`
        : `${seat.name} is locked: a thief of the disk finds cipher text, and the key is nowhere.`
  const view = make('div', 'disk-summary', make('p', 'verdict', verdict), make('ul', '', ...lines))
  view.dataset['found'] = String(lines.length)
  return view
}

function databaseView(
  about: (typeof databases)[number] | undefined,
  records: readonly StoredRecord[],
  secrets: readonly Secret[],
): Node[] {
  const stores = [...new Set(records.map(({ store }) => store))]
  return [
    make('h3', '', about?.title ?? ''),
    make('p', 'note', about?.note ?? ''),
    ...stores.map((store) => {
      const own = records.filter((record) => record.store === store)
      const details = document.createElement('details')
      const head = document.createElement('summary')
      head.textContent = `${store}: ${own.length} ${own.length === 1 ? 'record' : 'records'}`
      const more = own.length - limits.records
      details.append(
        head,
        ...own.slice(0, limits.records).map((record) => recordView(record, secrets)),
        ...(more > 0 ? [make('p', 'note', `and ${more} more`)] : []),
      )
      details.open = own.some(({ parts }) => parts.some((part) => placesIn(part, secrets).length > 0))
      return details
    }),
  ]
}

const recordView = ({ key, parts }: StoredRecord, secrets: readonly Secret[]): HTMLElement =>
  make(
    'div',
    'stored',
    make('p', 'key', key),
    make('dl', '', ...parts.map((part) => partView(part, secrets))),
  )

function partView(part: Part, secrets: readonly Secret[]): HTMLElement {
  const places = placesIn(part, secrets)
  const shown = places.length > 0 ? places.map((place) => foundView(part, place)) : [plainView(part)]
  return make('div', places.length > 0 ? 'found' : '', make('dt', '', part.path), make('dd', '', ...shown))
}

function plainView({ value }: Part): HTMLElement {
  if (value instanceof CryptoKey)
    return make('span', '', `CryptoKey: ${value.algorithm.name}, ${value.type}, not extractable`)
  if (typeof value === 'string') return make('bdi', '', value.slice(0, limits.bytes * 2))
  return make('code', '', `${value.length} bytes: ${hex(value, limits.bytes)}`)
}

/** Some bytes before, and the secret. */
function foundView({ value }: Part, { secret, at }: Place): HTMLElement {
  if (typeof value === 'string') return make('p', '', make('mark', '', value), ` ${secret.what}`)
  const bytes = value instanceof Uint8Array ? value : new Uint8Array()
  const before = bytes.subarray(Math.max(0, at - 8), at)
  const found = bytes.subarray(at, at + secret.bytes.length)
  return make(
    'p',
    '',
    make('code', '', hex(before, 8), make('mark', '', hex(found, limits.bytes))),
    ` ${secret.what}, at byte ${at} of ${bytes.length}`,
  )
}
