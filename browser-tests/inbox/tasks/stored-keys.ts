/** How a record holds its secrets. */

import { openDB } from 'idb'
import * as library from 'mls-targeted-messages'
import { loadByUnwrapping as loadWith, type Unwrapping } from './unwrap.js'

interface StoredSecrets {
  readonly recordKey?: CryptoKey
  readonly [name: string]: { readonly kind: string; readonly key?: CryptoKey } | CryptoKey | undefined
}

/** For each record, and each secret in it: its kind, and what its CryptoKey is. */
export async function storedKeys(name: string): Promise<Record<string, string>[]> {
  const database = await openDB(name)
  try {
    const records: { secrets: StoredSecrets }[] = await database.getAll('records')
    return records.map(({ secrets }) =>
      Object.fromEntries(Object.entries(secrets).map(([secret, stored]) => [secret, describe(stored)])),
    )
  } finally {
    database.close()
  }
}

function describe(stored: StoredSecrets[string]): string {
  if (stored === undefined) return 'none'
  if (stored instanceof CryptoKey) {
    return `${stored.extractable ? 'extractable' : 'not extractable'} ${stored.algorithm.name}`
  }
  return stored.key === undefined ? stored.kind : `${stored.kind}: ${describe(stored.key)}`
}

export const loadByUnwrapping = (given: Unwrapping): Promise<string> => loadWith(library, given)
