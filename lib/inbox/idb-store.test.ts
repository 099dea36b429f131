import 'fake-indexeddb/auto'
import { describe, expect, test, vi } from 'vitest'
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

test('a window that is as it was is not written: a database opens on a full disk, too', async () => {
  const options = { name: `window ${databases++}`, durability: 'relaxed' } as const
  const first = await IdbStore.open(options)
  await first.window({ pastEpochs: 2 })
  first.close()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  const second = await IdbStore.open(options)
  expect(await second.window({ pastEpochs: 2 })).toEqual({ pastEpochs: 2, maxAge: Number.POSITIVE_INFINITY })
  expect(put).not.toHaveBeenCalled()
  expect((await second.window({ pastEpochs: 3 })).pastEpochs).toBe(3)
  expect(put).toHaveBeenCalledTimes(1)
  second.close()
  put.mockRestore()
})
