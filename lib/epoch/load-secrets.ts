import { aeadParameters, aes256 } from '../crypto/aead.js'
import { pskForm } from '../crypto/hpke-psk.js'
import { secretForm } from '../crypto/kdf.js'
import { importKey, isOfForm, type KeyForm, type NativeForm } from '../crypto/key-form.js'
import type { CipherSuite } from '../crypto/suites.js'
import { attempt, fail, invalidInput } from '../errors.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import type { PublicState } from './public-state.js'
import {
  bindingsOf,
  checkStorageKey,
  type EncryptedSecret,
  type EpochSecrets,
  mapSecrets,
  type Secrets,
  type StoredSecret,
  type StoredSecrets,
} from './secrets.js'

/**
 * The secrets of a record, ready for use. Copies what it is given before anything is awaited. Throws `invalid-input` for
 * what is damaged, and `storage` for a `storageKey` that is wrong, missing, or not wanted.
 */
export async function loadSecrets(
  { suite, state }: { readonly suite: CipherSuite; readonly state: PublicState },
  given: StoredSecrets,
  storageKey: CryptoKey | undefined,
): Promise<EpochSecrets> {
  const { recordKey } = given
  if (recordKey !== undefined) checkStorageKey(recordKey, 'recordKey')
  const bindingOf = bindingsOf(state, given)
  const forms = formsOf(suite)
  const secrets = await mapSecrets(given, async (secret, name) => {
    const stored = copyStored(secret)
    if (storageKey && stored.kind !== 'storage-key') {
      // Whoever can write to the disk is not to choose that it is in the clear.
      throw fail('storage', 'a storageKey was given for a record without one')
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

/** What is said where a key is missing, and where it is another. */
const sentences = {
  'storage-key': [
    'the record needs the storageKey of its epoch',
    'the record does not open with this storageKey',
  ],
  'record-key': [
    'the record lacks the key that its secrets are encrypted under',
    'the record does not open with the key inside it',
  ],
} as const

const formsOf = ({ kdf, kem, signature }: CipherSuite): Record<keyof Secrets<unknown>, KeyForm> => ({
  psk: pskForm,
  senderAuthDataSecret: secretForm(kdf),
  encryptionPrivateKey: kem.privateKeyForm,
  signaturePrivateKey: signature.privateKeyForm,
})

function copyStored(stored: StoredSecret): StoredSecret {
  const { kind } = stored
  if (kind === 'key') return { kind, key: stored.key }
  if (kind !== 'storage-key' && kind !== 'record-key')
    throw invalidInput(`the record has a secret of kind ${kind}`)
  return {
    kind,
    ciphertext: copyBytes(stored.ciphertext, 'ciphertext'),
    nonce: copyBytes(stored.nonce, 'nonce', 12),
  }
}

function checked(key: CryptoKey, form: KeyForm): CryptoKey {
  if (isOfForm(key, form)) return key
  throw invalidInput('the record has other keys than its cipher suite')
}

/**
 * Unwraps, so that the page has no bytes of the secret. Where the engine does not unwrap keys of this form, or the key
 * may not, decrypts and imports.
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
