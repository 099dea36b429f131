import { attempt } from '../errors.js'
import type { InboxStore } from './store.js'

/** Runs `action` while no other one runs under the same name, and returns its result. */
export type Exclusively = <T>(name: string, action: () => Promise<T>) => Promise<T>

/** Among all pages and workers that share a database, by Web Locks. If one of them dies, its lock is released. */
export function exclusivelyIn(database: string): Exclusively {
  if (!globalThis.navigator?.locks) return inProcess(locksOfDatabases, `${database} `)
  return async (name, action) => {
    let outcome: PromiseSettledResult<Awaited<ReturnType<typeof action>>> | undefined
    await attempt('storage', 'the browser did not grant a lock', () =>
      navigator.locks.request(`mls-targeted-messages ${database} ${name}`, async () => {
        ;[outcome] = await Promise.allSettled([action()])
      }),
    )
    if (outcome?.status === 'fulfilled') return outcome.value
    throw outcome?.reason
  }
}

/** Among all inboxes of this page or process that share a store. */
export function exclusivelyWith(store: InboxStore): Exclusively {
  const locks = locksOfStores.get(store) ?? new Map()
  locksOfStores.set(store, locks)
  return inProcess(locks)
}

/** By name: what the next action waits for. It never rejects. */
type ProcessLocks = Map<string, Promise<void>>

const locksOfDatabases: ProcessLocks = new Map()
const locksOfStores = new WeakMap<InboxStore, ProcessLocks>()

const inProcess =
  (locks: ProcessLocks, prefix = ''): Exclusively =>
  (name, action) => {
    const key = prefix + name
    const running = (locks.get(key) ?? Promise.resolve()).then(action)
    const forget = (): void => {
      if (locks.get(key) === ended) locks.delete(key)
    }
    const ended = running.then(forget, forget)
    locks.set(key, ended)
    return running
  }
