/** What is written to the disk: as it is, or encrypted under a key that is not there. */

import { decode, encode } from './codec.js'

export type Stored<T> =
  | { readonly kind: 'clear'; readonly value: T }
  | {
      readonly kind: 'sealed'
      readonly iv: Uint8Array<ArrayBuffer>
      readonly ciphertext: Uint8Array<ArrayBuffer>
    }

export interface Vault {
  /** `place` says which record it is. In the place of another record it cannot be opened. */
  seal<T>(value: T, place: string): Promise<Stored<T>>
  /** Throws {@link LockedError} for what was sealed under another key. */
  open<T>(stored: Stored<T>, place: string): Promise<T>
  /** The key of the inbox. */
  readonly storageKey: CryptoKey | undefined
}

export class LockedError extends Error {
  constructor(cause?: unknown) {
    super('That is not the passphrase.', { cause })
  }
}

export const openVault: Vault = {
  storageKey: undefined,
  seal: async (value) => ({ kind: 'clear', value }),
  open: async (stored) => {
    if (stored.kind === 'sealed') throw new LockedError()
    return stored.value
  },
}

/** AES-GCM, with a nonce of 12 random bytes for each record. */
export class LockedVault implements Vault {
  constructor(readonly storageKey: CryptoKey) {}

  async seal<T>(value: T, place: string): Promise<Stored<T>> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const sealed = await crypto.subtle.encrypt(this.#algorithm(iv, place), this.storageKey, encode(value))
    return { kind: 'sealed', iv, ciphertext: new Uint8Array(sealed) }
  }

  async open<T>(stored: Stored<T>, place: string): Promise<T> {
    // Somebody who can write to the disk could have put it there.
    if (stored.kind === 'clear') throw new LockedError()
    const opened = crypto.subtle.decrypt(
      this.#algorithm(stored.iv, place),
      this.storageKey,
      stored.ciphertext,
    )
    const bytes = await opened.catch((cause: unknown) => {
      throw new LockedError(cause)
    })
    // It is authenticated, so it is what `seal` got for this place.
    return decode(bytes) as T
  }

  #algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) }
  }
}

/** As OWASP's Password Storage Cheat Sheet (2023) has it for PBKDF2 with SHA-256. */
const iterations = 600_000

export const newSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(16))

export async function vaultOf(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<Vault> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  const usages: KeyUsage[] = ['encrypt', 'decrypt']
  return new LockedVault(
    await crypto.subtle.deriveKey(algorithm, material, { name: 'AES-GCM', length: 256 }, false, usages),
  )
}
