/** Databases of other forms than today's. */

import { openDB } from 'idb'
import { Inbox, TargetedMessageError } from 'mls-targeted-messages'
import { sentencesOf } from './sentences.js'

const STORES = ['groups', 'records', 'marks']

/** What version 1 held; the contents are not those of an inbox, and are to stay as they are. */
export async function makeOldDatabase(name: string): Promise<void> {
  const database = await openDB(name, 1, {
    upgrade(created) {
      for (const store of STORES) created.createObjectStore(store)
    },
  })
  for (const store of STORES) await database.put(store, { of: store, bytes: new Uint8Array(5) }, 'key')
  database.close()
}

/** The version of a database, the names of its stores, and their contents. */
export async function describeDatabase(name: string): Promise<string> {
  const database = await openDB(name)
  try {
    const contents: unknown[] = []
    for (const store of database.objectStoreNames) {
      contents.push([store, await database.getAllKeys(store), await database.getAll(store)])
    }
    return JSON.stringify([database.version, contents])
  } finally {
    database.close()
  }
}

/** Opens the database and never closes it, even if somebody wants to upgrade it. */
export async function holdDatabase(name: string): Promise<void> {
  await openDB(name)
}

/** The code with which an inbox refuses the database, and what it says, causes included. */
export async function refusalToOpen(name: string): Promise<{ code: string; sentences: string }> {
  try {
    await Inbox.open({ database: name })
  } catch (error) {
    const code = error instanceof TargetedMessageError ? error.code : String(error)
    return { code, sentences: sentencesOf(error) }
  }
  throw new Error('the database was opened')
}
