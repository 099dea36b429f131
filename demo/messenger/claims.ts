/** A member is awake in one tab at a time: two would use the same keys twice. */

import type { Room } from './room.js'

const prefix = ({ id }: Room): string => `demo ${id} `

/** Releases a member, so that another tab can take it. Resolves when it is free. */
export type Release = () => Promise<void>

/** Takes the member for this tab until it is released or the tab closes. Undefined if another tab has it. */
export function claim(room: Room, name: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(
      prefix(room) + name,
      { ifAvailable: true },
      (lock) =>
        lock &&
        new Promise<void>((letGo) => {
          // When the page is left at the latest, because WebKit keeps the locks of some pages that were left.
          addEventListener('pagehide', () => letGo(), { once: true })
          resolve(async () => {
            letGo()
            await held
          })
        }),
    )
    held.then(() => resolve(undefined), reject)
  })
}

/** Resolves when no tab has the member any more. */
export const whenFree = async (room: Room, name: string): Promise<void> => {
  await navigator.locks.request(prefix(room) + name, () => undefined)
}

/** Members that some tab of this browser has. */
export async function openMembers(room: Room): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  const names = held.flatMap(({ name }) =>
    name?.startsWith(prefix(room)) ? [name.slice(prefix(room).length)] : [],
  )
  return new Set(names)
}
