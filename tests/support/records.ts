import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { isPeculiar } from './runtime.js'

type Bytes = Uint8Array<ArrayBuffer>

/** A storageKey as an application would derive it. */
export const newStorageKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** `GroupEpoch.from` of whatever it is. */
export const fromAnything = (record: unknown, options?: unknown): Promise<GroupEpoch> =>
  Reflect.apply(GroupEpoch.from, GroupEpoch, [record, options])

/** Everything inside a value, itself included. */
export function* valuesIn(value: unknown): Generator<unknown, void, undefined> {
  yield value
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  const entries = value instanceof Map || value instanceof Set ? [...value] : []
  for (const part of [...Reflect.ownKeys(value).map((key) => Reflect.get(value, key)), ...entries]) {
    yield* valuesIn(part)
  }
}

/** All memory that a value refers to: of every view, the whole buffer under it. */
const buffersIn = (value: unknown): ArrayBufferLike[] =>
  [...valuesIn(value)].flatMap((part) => {
    if (ArrayBuffer.isView(part)) return part.buffer
    return part instanceof ArrayBuffer ? part : []
  })

/** One character for each byte, to search in. */
const characters = (bytes: Uint8Array<ArrayBuffer>): string => new TextDecoder('windows-1252').decode(bytes)

/** Whether the bytes are anywhere in that memory. */
export const holdsBytes = (value: unknown, bytes: Uint8Array): boolean =>
  buffersIn(value).some((buffer) =>
    characters(new Uint8Array(buffer).slice()).includes(characters(bytes.slice())),
  )

export const isCryptoKey = (value: unknown): value is CryptoKey =>
  Object.prototype.toString.call(value) === '[object CryptoKey]'

/** What arrives at the other end of a MessageChannel. */
export function throughChannel(record: GroupEpochRecord): Promise<GroupEpochRecord> {
  const { port1, port2 } = new MessageChannel()
  return new Promise<GroupEpochRecord>((resolve, reject) => {
    port1.onmessage = ({ data }) => resolve(data)
    port1.onmessageerror = () => reject(new Error('the record does not pass'))
    port2.postMessage(record)
  }).finally(() => port1.close())
}

/** What a database gives back. A key of @peculiar/webcrypto is an object like any other, which no database can store. */
export const stored = (record: GroupEpochRecord): GroupEpochRecord =>
  isPeculiar ? record : structuredClone(record)

/** The ways that a record goes through on its way to a database or another thread. */
export const copies = new Map<string, (record: GroupEpochRecord) => Promise<GroupEpochRecord>>([
  ['structuredClone', async (record) => structuredClone(record)],
  ['a MessageChannel', throughChannel],
])

/** The record with something else in one place; the record itself stays as it is. */
export const withPart = (record: object, path: readonly PropertyKey[], value: unknown): object => {
  const [name, ...rest] = path
  if (name === undefined) throw new Error('a path has a name')
  const part: unknown = Reflect.get(record, name)
  const inside = rest.length > 0 && typeof part === 'object' && part !== null
  return { ...record, [name]: inside ? withPart(part, rest, value) : value }
}

/** A secret of a record that is encrypted. */
export function encryptedIn(
  { secrets }: GroupEpochRecord,
  name: 'psk' | 'senderAuthDataSecret' | 'encryptionPrivateKey' | 'signaturePrivateKey' = 'psk',
): { ciphertext: Bytes; nonce: Bytes } {
  const secret = secrets[name]
  if (secret && secret.kind !== 'key') return secret
  throw new Error(`${name} is a CryptoKey`)
}
