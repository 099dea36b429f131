/** Everything in a database of this origin, value by value. */

export interface Part {
  /** Within its record. */
  readonly path: string
  /** The value: `text` and `bytes` as they are, a CryptoKey by its kind. */
  readonly value: string | Uint8Array | CryptoKey
}

export interface StoredRecord {
  readonly store: string
  readonly key: string
  readonly parts: readonly Part[]
}

/** Records for whose key `isOf` is true; none for a database that does not exist. */
export async function readDatabase(
  name: string,
  isOf: (store: string, key: IDBValidKey) => boolean = () => true,
): Promise<StoredRecord[]> {
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return []
  const database = await answer(indexedDB.open(name))
  try {
    const stores = [...database.objectStoreNames]
    const records = stores.map(async (store) => {
      const all = database.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([answer(all.getAllKeys()), answer<unknown[]>(all.getAll())])
      return keys.flatMap((key, i) =>
        isOf(store, key) ? [{ store, key: keyText(key), parts: [...partsOf(values[i], '')] }] : [],
      )
    })
    return (await Promise.all(records)).flat()
  } finally {
    database.close()
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function keyText(key: IDBValidKey): string {
  if (Array.isArray(key)) return key.map(keyText).join(' · ')
  if (key instanceof ArrayBuffer) return `${key.byteLength} bytes`
  return ArrayBuffer.isView(key) ? `${key.byteLength} bytes` : String(key)
}

function* partsOf(value: unknown, path: string): Generator<Part> {
  if (value === undefined || value === null || value === '') return
  if (value instanceof CryptoKey || value instanceof Uint8Array) yield { path, value }
  else if (value instanceof ArrayBuffer) yield { path, value: new Uint8Array(value) }
  else if (typeof value !== 'object') yield { path, value: String(value) }
  else
    for (const [name, inner] of Object.entries(value)) yield* partsOf(inner, path ? `${path}.${name}` : name)
}
