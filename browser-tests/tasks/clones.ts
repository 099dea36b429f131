/** Where an engine can clone a private CryptoKey: some lose it without an error. */

const kinds: Record<string, { algorithm: { name: string; namedCurve?: string }; usages: KeyUsage[] }> = {
  X25519: { algorithm: { name: 'X25519' }, usages: ['deriveBits'] },
  Ed25519: { algorithm: { name: 'Ed25519' }, usages: ['sign', 'verify'] },
  'ECDH P-256': { algorithm: { name: 'ECDH', namedCurve: 'P-256' }, usages: ['deriveBits'] },
  'ECDSA P-256': { algorithm: { name: 'ECDSA', namedCurve: 'P-256' }, usages: ['sign', 'verify'] },
}

async function privateKey(kind: string): Promise<CryptoKey> {
  const entry = kinds[kind]
  if (entry === undefined) throw new Error(`no keys of kind ${kind}`)
  const made = await crypto.subtle.generateKey(entry.algorithm, false, entry.usages)
  if (!('privateKey' in made)) throw new TypeError('no key pair')
  return made.privateKey
}

const describe = (value: unknown): string => (value instanceof CryptoKey ? 'yes' : `gives ${String(value)}`)

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function throughDatabase(key: CryptoKey): Promise<string> {
  const opening = indexedDB.open('clones', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
  const database = await settled(opening)
  try {
    await settled(database.transaction('keys', 'readwrite').objectStore('keys').put(key, 'key'))
    return describe(await settled(database.transaction('keys').objectStore('keys').get('key')))
  } finally {
    database.close()
  }
}

export const cloneFacts: Record<string, () => Promise<string>> = Object.fromEntries(
  Object.keys(kinds).flatMap((kind) => [
    [
      `structuredClone of a private ${kind} key`,
      async () => describe(structuredClone(await privateKey(kind))),
    ],
    [`private ${kind} key in IndexedDB`, async () => throughDatabase(await privateKey(kind))],
  ]),
)
