import { type Mock, vi } from 'vitest'
import type { InboxStore } from '../../lib/index.js'

/** From now on each transaction of marks takes a while, as on a disk. Returns the spy on it. */
export function spyOnSlowNote(store: InboxStore): Mock<InboxStore['note']> {
  const note = store.note.bind(store)
  return vi.spyOn(store, 'note').mockImplementation(async (notes) => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    return note(notes)
  })
}
