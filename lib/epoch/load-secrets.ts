import { aeadParameters, aes256 } from '../crypto/aead.js'
import { importKey, isOfForm, type KeyForm, type NativeForm } from '../crypto/key-form.js'
import { attempt, fail, invalidInput } from '../errors.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import {
  bindingsOf,
  checkStorageKey,
  type EncryptedSecret,
  type EpochSecrets,
  formsOf,
  mapSecrets,
  type SecretsOf,
  type StoredSecret,
  type StoredSecrets,
} from './secrets.js'

/**
 * The secrets of a record, ready for use. Copies its input before anything is awaited. Throws `invalid-input` for a damaged
 * record, and `storage` for a `storageKey` that is wrong, missing, or given for a record that was made without one.
 */
export async function loadSecrets(
  { suite, state }: SecretsOf,
  given: StoredSecrets,
  storageKey: CryptoKey | undefined,
): Promise<EpochSecrets> {
  const { recordKey } = given
  if (recordKey !== undefined) checkStorageKey(recordKey, [], 'recordKey')
  const bindingOf = bindingsOf(state, given)
  const forms = formsOf(suite)
  const secrets = await mapSecrets(given, async (secret, name) => {
    const stored = copyStored(secret)
    if (storageKey && stored.kind !== 'storage-key') {
      // Somebody who can write to the disk must not be able to replace a record by one in the clear.
      throw fail('storage', 'a storageKey was given, but the record was made without one')
    }
    if (stored.kind === 'key') return { key: checked(stored.key, forms[name]), stored }
    const key = stored.kind === 'storage-key' ? storageKey : recordKey
    const [missing, wrong] = sentences[stored.kind]
    if (!key) throw fail('storage', missing)
    const opening = () => open(stored, forms[name], key, bindingOf(name))
    return { key: await attempt('storage', wrong, opening), stored }
  })
  return { ...secrets, recordKey }
}

/** What is said when a key is missing, and when it is the wrong one. */
const sentences = {
  'storage-key': [
    'the record was made with a storageKey, and none was given',
    'the record does not decrypt: the storageKey is wrong, or the record was changed',
  ],
  'record-key': [
    'the record has lost the key of its secrets',
    'the record does not decrypt with the key inside it',
  ],
} as const

function copyStored(stored: StoredSecret): StoredSecret {
  const { kind } = stored
  if (kind === 'key') return { kind, key: stored.key }
  if (kind !== 'storage-key' && kind !== 'record-key')
    throw invalidInput(`the record has a secret of the unknown kind ${kind}`)
  return {
    kind,
    ciphertext: copyBytes(stored.ciphertext, 'ciphertext'),
    nonce: copyBytes(stored.nonce, 'nonce', 12),
  }
}

function checked(key: CryptoKey, form: KeyForm): CryptoKey {
  if (isOfForm(key, form)) return key
  throw invalidInput('the record has a key that does not fit its cipher suite')
}

/**
 * Unwraps, so that the page has no bytes of the secret. If the engine or the key's usages do not allow that, decrypts and
 * imports.
 */
async function open(
  { ciphertext, nonce }: EncryptedSecret,
  form: KeyForm,
  key: CryptoKey,
  binding: Bytes,
): Promise<CryptoKey> {
  if ('format' in form && key.usages.includes('unwrapKey')) {
    const unwrapping = unwrap({ ciphertext, nonce }, form, key, binding)
    if (!key.usages.includes('decrypt')) return unwrapping
    const unwrapped = await unwrapping.catch(() => undefined)
    if (unwrapped) return unwrapped
  }
  const secret = await aes256.open({ key, nonce }, binding, ciphertext)
  return importKey(form, secret).finally(() => secret.fill(0))
}

const unwrap = (
  { ciphertext, nonce }: Omit<EncryptedSecret, 'kind'>,
  { format, algorithm, usages }: NativeForm,
  key: CryptoKey,
  binding: Bytes,
): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey(
    format,
    ciphertext,
    key,
    aeadParameters(key.algorithm.name, nonce, binding),
    algorithm,
    false,
    usages,
  )
