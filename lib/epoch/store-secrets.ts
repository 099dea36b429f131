import { aes256 } from '../crypto/aead.js'
import { isOfForm, type KeyForm } from '../crypto/key-form.js'
import type { Bytes } from '../tls/bytes.js'
import {
  bindingsOf,
  type EncryptedSecret,
  type EpochSecrets,
  formsOf,
  mapSecrets,
  type Secrets,
  type SecretsOf,
  type StoredSecret,
} from './secrets.js'

/** A secret before it is known how a record will hold it. */
export interface NewSecret {
  readonly key: CryptoKey
  /** The bytes that its key was imported from; undefined for a key that is not extractable. */
  readonly bytes: Bytes | undefined
}

/**
 * Each secret as a record will hold it: encrypted if there is a `storageKey` or the engine cannot clone the key, else the
 * key itself. Undefined if it would have to be encrypted and the key is not extractable.
 */
export async function storeSecrets(
  { suite, state }: SecretsOf,
  storageKey: CryptoKey | undefined,
  secrets: Secrets<NewSecret>,
): Promise<EpochSecrets> {
  const bindingOf = bindingsOf(state, secrets)
  const forms = formsOf(suite)
  let recordKey: Promise<CryptoKey> | undefined
  const store = async (
    { key, bytes }: NewSecret,
    name: keyof Secrets<NewSecret>,
  ): Promise<StoredSecret | undefined> => {
    if (!storageKey && isCloneable(key, forms[name])) return { kind: 'key', key }
    if (!bytes) return undefined
    const binding = bindingOf(name)
    if (storageKey) return { kind: 'storage-key', ...(await encrypt(bytes, storageKey, binding)) }
    recordKey ??= newRecordKey()
    return { kind: 'record-key', ...(await encrypt(bytes, await recordKey, binding)) }
  }
  const stored = await mapSecrets(secrets, async (secret, name) => ({
    key: secret.key,
    stored: await store(secret, name),
  }))
  return { ...stored, recordKey: await recordKey }
}

const newRecordKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt', 'unwrapKey'])

async function encrypt(
  secret: Bytes,
  key: CryptoKey,
  binding: Bytes,
): Promise<Omit<EncryptedSecret, 'kind'>> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  return { ciphertext: await aes256.seal({ key, nonce }, binding, secret), nonce }
}

/**
 * Whether the engine can clone the key, for a database too: WebKit cannot clone X25519 private keys. Never for the key of a
 * plug-in, which has no form that a record could be checked against.
 */
function isCloneable(key: CryptoKey, form: KeyForm): boolean {
  try {
    return isOfForm(structuredClone(key), form)
  } catch {
    return false
  }
}
