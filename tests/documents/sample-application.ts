import { onTestFinished } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'

/** What the samples of the docs call “yours”; what must not happen in them throws. `message` arrives, twice. */
export const theApplications = (message: Uint8Array): Record<string, unknown> => ({
  send: async () => {},
  processWithTsMls: never('another wire format'),
  put: async (id: unknown) => {
    if (typeof id !== 'string' || id.length !== 22) throw new Error(`${id} is no id of a message`)
  },
  // A replay, which is not put, nor kept sealed.
  allSealed: async () => [message],
  deleteSealed: async () => {},
  putSealed: never('a message for later'),
  backlog: [message],
  acknowledge: async () => {},
  refused: never('a refusal'),
  storedOr: async (_: string, value: unknown) => value,
  // In place of the application's own store.
  emptyData: async () => new MemoryStore(),
  openStore: (data: MemoryStore) => data.another(),
  test: (_: string, run: () => Promise<void>) => {
    const ran = run()
    onTestFinished(() => ran)
  },
})

const never = (what: string) => async (): Promise<never> => {
  throw new Error(`${what}, in a sample that has none`)
}
