import { describe, test } from 'vitest'
import { inboxStoreContract } from './contract/inbox-store.js'
import { MemoryStore } from './memory-store.js'

describe('MemoryStore, by the contract of stores', () => {
  for (const { name, check } of inboxStoreContract) {
    test(name, async () => {
      const first = new MemoryStore()
      await check(async () => first.another())
    })
  }
})
