/** An origin that may store no more, and has room again. */

import { inboxMounts } from '../inbox/bundle.js'
import { demoMounts } from '../package/served.js'
import type { ServeOptions } from '../server.js'

/** The demo, and beside it the page that {@link smallQuota} fills storage with. */
export async function mountsToFill(): Promise<ServeOptions['mounts']> {
  const { '/': inbox } = await inboxMounts()
  if (inbox === undefined) throw new Error('the pages of the inbox tests are not where they were')
  return { ...demoMounts(), '/inbox/': inbox }
}

/** Uses up what is left, in a database of its own. */
export async function fillUp(): Promise<void> {
  const filler = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('filler', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('all', { autoIncrement: true })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  // Random, or the database would compress it.
  const piece = crypto.getRandomValues(new Uint8Array(65_536))
  const add = (length: number): Promise<boolean> =>
    new Promise((resolve) => {
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; at += piece.length) bytes.set(piece.subarray(0, length - at), at)
      const transaction = filler.transaction('all', 'readwrite')
      try {
        transaction.objectStore('all').add(bytes)
      } catch {
        // After each refusal, Firefox has one transaction that only deletes.
        return resolve(false)
      }
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
    })
  for (let length = 2 ** 20; length >= 1024; ) {
    if (!(await add(length))) length /= 2
  }
  filler.close()
}
