import 'fake-indexeddb/auto'
import { describe, test } from 'vitest'
import { isPeculiar } from '../../tests/support/runtime.js'
import { inboxStoreContract } from './contract/inbox-store.js'
import { IdbStore } from './idb-store.js'

let databases = 0

// The keys of @peculiar/webcrypto cannot be cloned, and so not stored.
describe.skipIf(isPeculiar)('IdbStore, by the contract of stores', () => {
  for (const { name, check } of inboxStoreContract) {
    test(name, async () => {
      const database = `contract ${databases++}`
      await check(() => IdbStore.open({ name: database, durability: 'relaxed' }))
    })
  }
})
