/** The contract of all stores, over the one that engines have. */

import { inboxStoreContract } from '../../../lib/inbox/contract/inbox-store.js'
import { IdbStore } from '../../../lib/inbox/idb-store.js'
import { deleteDatabase } from './database.js'

/** Throws what the check throws. Its database is its own. */
export async function runStoreCheck(name: string): Promise<void> {
  const found = inboxStoreContract.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no check of this name: ${name}`)
  const database = `contract: ${name}`
  await found.check(() => IdbStore.open({ name: database, durability: 'relaxed' }))
  // That it can be deleted says that the check closed what it opened.
  await deleteDatabase(database)
}
