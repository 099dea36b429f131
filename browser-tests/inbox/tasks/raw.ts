/** The raw database behind an inbox: whether each field is as long as it should be, and drags no other memory along. */

import { type IDBPDatabase, openDB } from 'idb'

/** Of all groups of the tests. */
const GROUP_ID_LENGTH = 16
/** Of most groups, and of those that fill a disk. */
const CONTEXT_LENGTHS = [100, 300_000]
/** A room, and the two sizes of a crowd. */
const MEMBER_COUNTS = [2, 10, 50_000]

/** Of the library's form, in the order of an engine. */
const STORES = ['groups', 'marks', 'records', 'settings']

/** As many bytes for each member of a group. */
const eachMember =
  (...bytes: readonly number[]) =>
  (length: number): boolean =>
    bytes.some((each) => MEMBER_COUNTS.some((count) => length === each * count))

/** What is right for the bytes in a place; `name` is the last part of the path. */
const lengths: readonly { readonly place: RegExp; readonly isRight: (length: number) => boolean }[] = [
  // The length of an empty group id.
  { place: /^settings key$/, isRight: (length) => length === 1 },
  // A length of one byte, the group id; an epoch of eight; a sequence number of four.
  { place: /^groups key$/, isRight: (length) => length === 1 + GROUP_ID_LENGTH },
  { place: /^records key$/, isRight: (length) => length === 1 + GROUP_ID_LENGTH + 8 },
  { place: /^marks key$/, isRight: (length) => length === 1 + GROUP_ID_LENGTH + 8 + 4 },
  { place: /\.groupId$/, isRight: (length) => length === GROUP_ID_LENGTH },
  { place: /^marks value\.(none|claimed|marked)$/, isRight: (length) => length % 16 === 0 },
  { place: /\.nonce$/, isRight: (length) => length === 12 },
  // A JWK of P-521 with its tag is the longest.
  { place: /\.ciphertext$/, isRight: (length) => length > 32 && length < 400 },
  { place: /\.groupContext$/, isRight: (length) => CONTEXT_LENGTHS.includes(length) },
  { place: /\.members\.leafIndices$/, isRight: eachMember(4) },
  { place: /\.members\.supporting$/, isRight: eachMember(1) },
  { place: /\.members\.(encryption|signature)Keys$/, isRight: eachMember(32, 65) },
]

/** How much was looked at, and what is wrong: the place, and why. */
export type RawLook = {
  readonly fields: number
  readonly longest: number
  readonly faults: readonly string[]
}

export async function lookIntoDatabase(name: string): Promise<RawLook> {
  const database = await openDB(name)
  try {
    return await look(database)
  } finally {
    database.close()
  }
}

/** What is wrong in any database of the library's form, of this origin. */
export async function faultsInDatabases(): Promise<string[]> {
  const faults: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await openDB(name)
    try {
      if ([...database.objectStoreNames].join() !== STORES.join()) continue
      faults.push(...(await look(database)).faults.map((fault) => `${name}: ${fault}`))
    } finally {
      database.close()
    }
  }
  return faults
}

async function look(database: IDBPDatabase): Promise<RawLook> {
  const fields: [place: string, bytes: ArrayBuffer | ArrayBufferView][] = []
  for (const store of database.objectStoreNames) {
    for (const key of await database.getAllKeys(store)) fields.push(...bytesIn(`${store} key`, key))
    for (const value of await database.getAll(store)) fields.push(...bytesIn(`${store} value`, value))
  }
  return {
    fields: fields.length,
    longest: Math.max(0, ...fields.map(([, { byteLength }]) => byteLength)),
    faults: fields.flatMap(([place, bytes]) => faultsOf(place, bytes)),
  }
}

function* bytesIn(place: string, value: unknown): Generator<[string, ArrayBuffer | ArrayBufferView]> {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) yield [place, value]
  else if (typeof value === 'object' && value !== null && !(value instanceof CryptoKey)) {
    for (const [name, part] of Object.entries(value)) yield* bytesIn(`${place}.${name}`, part)
  }
}

function faultsOf(place: string, bytes: ArrayBuffer | ArrayBufferView): string[] {
  const faults: string[] = []
  const { byteLength } = bytes
  if (ArrayBuffer.isView(bytes) && bytes.buffer.byteLength !== byteLength) {
    faults.push(`${place}: ${byteLength} bytes of a buffer of ${bytes.buffer.byteLength}`)
  }
  if (!lengths.find((entry) => entry.place.test(place))?.isRight(byteLength)) {
    faults.push(`${place}: ${byteLength} bytes`)
  }
  return faults
}
