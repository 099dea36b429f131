import { describe, expect, test, vi } from 'vitest'
import { inboxStoreContract } from './contract/inbox-store.js'
import { groupOf } from './contract/records.js'
import { MemoryStore } from './memory-store.js'

describe('MemoryStore, by the contract of stores', () => {
  for (const { name, check } of inboxStoreContract) {
    test(name, async () => {
      const first = new MemoryStore()
      await check(async () => first.another())
    })
  }
})

test('a group may have no epochs, or one whose record is not there', async () => {
  const store = new MemoryStore()
  const groupId = Uint8Array.of(1)
  for (const group of [groupOf(groupId, []), groupOf(groupId, [7n])]) {
    await store.change(groupId, () => ({ group }))
    expect(await store.read(groupId)).toMatchObject({ group, record: undefined })
  }
})

test('asking for the window tells nobody of a change', async () => {
  const store = new MemoryStore()
  const listener = vi.fn()
  store.watch(listener)
  await store.window({})
  expect(listener).not.toHaveBeenCalled()
  await store.window({ pastEpochs: 1 })
  expect(listener).toHaveBeenCalledOnce()
})
