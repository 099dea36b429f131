/** The database of an inbox, without the library. */

import { type DBSchema, deleteDB, openDB } from 'idb'
import { hex } from '../../../tests/support/hex.js'
import { lookIntoDatabase } from './raw.js'

interface Stores extends DBSchema {
  groups: { key: ArrayBuffer; value: { epochs: { epoch: bigint }[] } }
  records: { key: ArrayBuffer; value: object }
  marks: { key: ArrayBuffer; value: object }
}

/** The epochs that each of the stores has something of, as `group epoch`, sorted. */
export type Contents = {
  readonly groups: readonly string[]
  readonly records: readonly string[]
  readonly marks: readonly string[]
}

/** Throws if a field of the raw database is longer than what it holds. */
export async function contents(name: string): Promise<Contents> {
  const { faults } = await lookIntoDatabase(name)
  if (faults.length > 0) throw new Error(faults.join('; '))
  const database = await openDB<Stores>(name)
  try {
    const transaction = database.transaction(['groups', 'records', 'marks'])
    const [ids, groups, records, marks] = await Promise.all([
      transaction.objectStore('groups').getAllKeys(),
      transaction.objectStore('groups').getAll(),
      transaction.objectStore('records').getAllKeys(),
      transaction.objectStore('marks').getAllKeys(),
    ])
    return {
      groups: ids
        .flatMap((id, i) => groups[i]?.epochs.map(({ epoch }) => `${groupOf(id)} ${epoch}`) ?? [])
        .sort(),
      records: records.map(epochOf).sort(),
      marks: [...new Set(marks.map(epochOf))].sort(),
    }
  } finally {
    database.close()
  }
}

/** A length, which is one byte for the 16 of the tests' group ids, and the group id. */
const groupOf = (key: ArrayBuffer): string => hex(new Uint8Array(key, 1, 16))

/** The same, and the epoch. */
const epochOf = (key: ArrayBuffer): string => `${groupOf(key)} ${new DataView(key).getBigUint64(17)}`

/** Resolves when all connections are closed and the database is deleted. */
export const deleteDatabase = (name: string): Promise<void> => deleteDB(name)

/** Opens the database as a later version of the application would, once everybody has let go of it. */
export async function openHigher(name: string): Promise<void> {
  const database = await openDB(name, 99)
  database.close()
}
