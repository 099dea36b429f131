import { describe, test } from 'vitest'
import { inboxStoreContract } from './contract/contract.js'
import { MemoryStore } from './memory-store.js'

describe('MemoryStore, by the contract of stores', () => {
  test.each(inboxStoreContract)('$name', async ({ check }) => {
    const first = new MemoryStore()
    await check(async () => first.another())
  })
})
