/** What another tab or a broker may put among the parcels. */

import {
  defaultCapabilities,
  defaultLifetime,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
} from 'ts-mls'
import type { PageDriver } from '../driver/page-driver.js'

/** Of suite 1, and signed by nobody. */
export async function malformedKeyPackage(name: string): Promise<number[]> {
  const impl = await getCiphersuiteImpl(
    getCiphersuiteFromName('MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'),
  )
  const identity = new TextEncoder().encode(name)
  const credential = { credentialType: 'basic', identity } as const
  const made = await generateKeyPackage(credential, defaultCapabilities(), defaultLifetime, [], impl)
  const keyPackage = made.publicPackage
  const bytes = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage })
  return flipped([...bytes])
}

/** With the last bit turned. */
export const flipped = (bytes: readonly number[]): number[] => [
  ...bytes.slice(0, -1),
  (bytes.at(-1) ?? 0) ^ 1,
]

/** Into the order of this browser, as another tab does. */
export const inject = (page: PageDriver, parcels: readonly (readonly number[])[]): Promise<void> =>
  page.run(injectInPage, parcels)

async function injectInPage(parcels: readonly (readonly number[])[]): Promise<void> {
  const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('delivery '))?.name
  if (name === undefined) throw new Error('no parcels')
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const transaction = database.transaction('entries', 'readwrite')
  for (const bytes of parcels) {
    transaction.objectStore('entries').add({ id: crypto.randomUUID(), bytes: Uint8Array.from(bytes) })
  }
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
  database.close()
  // Not to the one that sends it: another instance of the channel hears it.
  new BroadcastChannel(name).postMessage('')
}

/** The bytes of all parcels so far. */
export const parcelsOf = (page: PageDriver): Promise<number[][]> =>
  page.run(async () => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('delivery '))?.name ?? ''
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
    })
    const all = await new Promise<{ bytes: Uint8Array }[]>((resolve) => {
      const request = database.transaction('entries').objectStore('entries').getAll()
      request.onsuccess = () => resolve(request.result)
    })
    database.close()
    return all.map(({ bytes }) => [...bytes])
  })
