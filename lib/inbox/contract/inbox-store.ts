/**
 * For applications with an {@link InboxStore} of their own: checks that every store must pass.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/inbox-store
 */

import type { InboxStore } from '../store.js'
import { changes } from './changes.js'
import { instances } from './instances.js'
import { notes } from './notes.js'

export { noteSteps } from '../note-steps.js'

/** One thing that a store must do. */
export interface StoreCheck {
  /** What the store must do, as a sentence. */
  readonly name: string
  /**
   * Throws if the store does not do it. Each call of `open` must give another instance on the same data, which is empty
   * before the first call; it is called once or twice. The check closes what it opens.
   */
  readonly check: (open: () => Promise<InboxStore>) => Promise<void>
}

/** What every {@link InboxStore} must do. Each check needs empty data of its own. */
export const inboxStoreContract: readonly StoreCheck[] = [...changes, ...notes, ...instances].map(
  ({ name, check }) => ({
    name,
    check: async (open) => {
      const opened: InboxStore[] = []
      try {
        await check(async () => {
          const store = await open()
          opened.push(store)
          return store
        })
      } finally {
        for (const store of opened) store.close()
      }
    },
  }),
)
