import { describe, expect, test } from 'vitest'
import { inboxStoreContract } from '../../lib/inbox/contract/inbox-store.js'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import type { InboxStore, StoredEpoch } from '../../lib/index.js'

/** A store on a good one, with something wrong. */
type Breaking = (good: MemoryStore) => Partial<InboxStore>

const task = () => new Promise((resolve) => setTimeout(resolve, 1))

const broken: [name: string, breaking: Breaking, complaint: RegExp][] = [
  [
    'remembers groups for 200 ms, whatever another instance does',
    (good) => {
      const known = new Map<string, { readonly stored: StoredEpoch; readonly until: number }>()
      return {
        read: async (groupId, epoch) => {
          const key = `${epoch} ${groupId}`
          const found = known.get(key)
          if (found && found.until > Date.now()) return found.stored
          const stored = await good.read(groupId, epoch)
          known.set(key, { stored, until: Date.now() + 200 })
          return stored
        },
        change: (groupId, decide) => {
          known.clear()
          return good.change(groupId, decide)
        },
      }
    },
    /holds at once/,
  ],
  [
    'stores the group first, and the record in a second transaction',
    (good) => ({
      change: async (groupId, decide) => {
        let decided: ReturnType<typeof decide> | undefined
        await good.change(groupId, (group, window) => {
          decided = decide(group, window)
          return { group: decided.group }
        })
        await task()
        const { group, record } = decided ?? {}
        if (record) await good.change(groupId, () => ({ group, record: structuredClone(record) }))
      },
    }),
    /all of it or nothing|changes nothing/,
  ],
  [
    'tells nobody what another instance has changed',
    (good) => ({
      watch: (listener) => {
        let isOwn = false
        const { change } = good
        good.change = async (...args) => {
          isOwn = true
          await change.apply(good, args).finally(() => {
            isOwn = false
          })
        }
        good.watch((groupId) => isOwn && listener(groupId))
      },
    }),
    /who watches hears/,
  ],
]

const open = (good: MemoryStore, breaking: Breaking): InboxStore => ({
  window: (change) => good.window(change),
  groups: () => good.groups(),
  read: (groupId, epoch) => good.read(groupId, epoch),
  change: (groupId, decide) => good.change(groupId, decide),
  note: (notes) => good.note(notes),
  watch: (listener) => good.watch(listener),
  close: () => good.close(),
  ...breaking(good),
})

/** The names of the checks that a store does not pass. */
async function complaints(breaking: Breaking): Promise<string[]> {
  const names: string[] = []
  for (const { name, check } of inboxStoreContract) {
    const first = new MemoryStore()
    await check(async () => open(first.another(), breaking)).catch(() => names.push(name))
  }
  return names
}

describe('the contract of stores notices a store that', () => {
  test.each(broken)('%s', async (_, breaking, complaint) => {
    expect(await complaints(breaking)).toContainEqual(expect.stringMatching(complaint))
  })

  test('but nothing in one that is right', async () => {
    expect(await complaints(() => ({}))).toEqual([])
  })
})
