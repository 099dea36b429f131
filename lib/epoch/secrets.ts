import { pskForm } from '../crypto/hpke-psk.js'
import { secretForm } from '../crypto/kdf.js'
import { isCryptoKey, type KeyForm } from '../crypto/key-form.js'
import type { KeyKind } from '../crypto/key-kind.js'
import type { CipherSuite } from '../crypto/suites.js'
import { invalidInput } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { ascii, bytes, encode, opaque, uint8 } from '../tls/writer.js'
import { bindingOf, type PublicState } from './public-state.js'

/** A value for each secret of an epoch. */
export interface Secrets<T> {
  /** `targeted_message_psk`, draft section 4. */
  readonly psk: T
  /** `sender_auth_data_secret`, section 5.3. */
  readonly senderAuthDataSecret: T
  /** Of the own leaf. */
  readonly encryptionPrivateKey: T
  /** Of the own leaf; undefined if the application signs with a callback. */
  readonly signaturePrivateKey: T | undefined
}

/** A secret in use. */
export interface Secret {
  readonly key: CryptoKey
  /** Undefined if it can be neither cloned nor encrypted. */
  readonly stored: StoredSecret | undefined
}

/** All secrets of an epoch, in use. */
export interface EpochSecrets extends Secrets<Secret> {
  /** The key that some of them are encrypted under in the record; see {@link StoredSecrets}. */
  readonly recordKey: CryptoKey | undefined
}

/** A secret as a record holds it. */
export type StoredSecret = StoredKey | EncryptedSecret

/** A CryptoKey that is not extractable. */
export interface StoredKey {
  readonly kind: 'key'
  readonly key: CryptoKey
}

/** A secret encrypted with AES-GCM. */
export interface EncryptedSecret {
  /** Under the application's `storageKey`, or under the record's own key where the engine cannot clone the CryptoKey. */
  readonly kind: 'storage-key' | 'record-key'
  /** With the tag of 16 bytes. */
  readonly ciphertext: Bytes
  /** 12 bytes. */
  readonly nonce: Bytes
}

/** What a record holds of the secrets. */
export interface StoredSecrets extends Secrets<StoredSecret> {
  /** AES-GCM, not extractable; only if a secret is encrypted under it. */
  readonly recordKey: CryptoKey | undefined
}

/** Whose secrets they are. */
export interface SecretsOf {
  readonly suite: CipherSuite
  readonly state: PublicState
}

/** How the key of each secret is imported. */
export const formsOf = ({ kdf, kem, signature }: CipherSuite): Record<keyof Secrets<unknown>, KeyForm> => ({
  psk: pskForm,
  senderAuthDataSecret: secretForm(kdf),
  encryptionPrivateKey: kem.privateKeyForm,
  signaturePrivateKey: signature.privateKeyForm,
})

/** Maps all secrets concurrently. */
export async function mapSecrets<T, R>(
  secrets: Secrets<T>,
  map: (secret: T, name: keyof Secrets<T>) => R | Promise<R>,
): Promise<Secrets<R>> {
  const [psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey] = await Promise.all([
    map(secrets.psk, 'psk'),
    map(secrets.senderAuthDataSecret, 'senderAuthDataSecret'),
    map(secrets.encryptionPrivateKey, 'encryptionPrivateKey'),
    secrets.signaturePrivateKey === undefined
      ? undefined
      : map(secrets.signaturePrivateKey, 'signaturePrivateKey'),
  ])
  return { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey }
}

/**
 * What an encrypted secret is bound to: everything else in the record, which secret it is, and whether the epoch has a
 * signature key.
 */
export function bindingsOf(
  state: PublicState,
  { signaturePrivateKey }: Secrets<unknown>,
): (name: keyof Secrets<unknown>) => Bytes {
  const common = bindingOf(state)
  return (name) =>
    encode(bytes(common), uint8(signaturePrivateKey === undefined ? 0 : 1), opaque(ascii(name)))
}

/**
 * Throws `invalid-input` unless `key` encrypts with AES-GCM, and decrypts or unwraps. No engine unwraps the keys of a
 * plug-in: for them it must decrypt.
 */
export function checkStorageKey(key: CryptoKey, kinds: readonly KeyKind[] = [], name = 'storageKey'): void {
  const opening: KeyUsage[] = ['decrypt', 'unwrapKey']
  if (kinds.some(({ privateKeyForm }) => 'importKey' in privateKeyForm)) opening.pop()
  if (opening.some((usage) => isCryptoKey(key, 'AES-GCM', ['encrypt', usage]))) return
  throw invalidInput(
    `${name} must be an AES-GCM CryptoKey with the usage encrypt, and with ${opening.join(' or ')}`,
  )
}
