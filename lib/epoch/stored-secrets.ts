import { aeadOpen, aeadSeal } from '../crypto/aead.js'
import { isCryptoKey } from '../crypto/keys.js'
import { attempt, fail, invalidInput } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { encode, opaque } from '../tls/writer.js'

/** An epoch's secrets as CryptoKeys, none of them extractable. */
export interface SecretKeys {
  /** HKDF key material. */
  readonly psk: CryptoKey
  /** HMAC. */
  readonly senderAuthDataSecret: CryptoKey
  /** ECDH or X25519. */
  readonly encryptionPrivateKey: CryptoKey
  /** Nothing where the application signs by a callback. */
  readonly signaturePrivateKey: CryptoKey | undefined
}

/** The same as bytes, which live as long as they are imported or encrypted. */
export interface SecretBytes {
  readonly psk: Bytes
  readonly senderAuthDataSecret: Bytes
  readonly encryptionPrivateKey: Bytes
  /** Empty where the application signs by a callback. */
  readonly signaturePrivateKey: Bytes
}

/** {@link SecretBytes} encrypted with AES-GCM under the application's `storageKey`, or under a key beside them. */
export interface SealedSecrets {
  /** With the tag of 16 bytes. */
  readonly ciphertext: Bytes
  /** 12 bytes. */
  readonly nonce: Bytes
  /** Where the engine cannot clone one of the CryptoKeys, and no `storageKey` was given. Not extractable. */
  readonly recordKey: CryptoKey | undefined
}

/** What a record holds. */
export type StoredSecrets = SecretKeys | SealedSecrets

/** Throws `invalid-input` unless `key` encrypts and decrypts with AES-GCM. */
export function checkStorageKey(key: CryptoKey, name = 'storageKey'): void {
  if (isCryptoKey(key, 'AES-GCM', ['encrypt', 'decrypt'])) return
  throw invalidInput(`${name} must be an AES-GCM CryptoKey with the usages encrypt and decrypt`)
}

/**
 * The secrets as a record is to hold them: encrypted where there is a `storageKey` or the engine cannot clone one of
 * the keys; nothing where that would need the bytes of a key that is not extractable.
 */
export async function storeSecrets(
  keys: SecretKeys,
  secrets: SecretBytes | undefined,
  storageKey: CryptoKey | undefined,
  binding: Bytes,
): Promise<StoredSecrets | undefined> {
  if (!storageKey && Object.values(keys).every(isCloneable)) return keys
  if (!secrets) return undefined
  if (storageKey) return { ...(await encrypt(secrets, storageKey, binding)), recordKey: undefined }
  const recordKey = await crypto.subtle.generateKey(AES_256_GCM, false, ['encrypt', 'decrypt'])
  return { ...(await encrypt(secrets, recordKey, binding)), recordKey }
}

const AES_256_GCM = { name: 'AES-GCM', length: 256 }

async function encrypt(secrets: SecretBytes, key: CryptoKey, binding: Bytes) {
  const { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey } = secrets
  const plaintext = encode(
    opaque(psk),
    opaque(senderAuthDataSecret),
    opaque(encryptionPrivateKey),
    opaque(signaturePrivateKey),
  )
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const ciphertext = await aeadSeal(AES_256_GCM, { key, nonce }, binding, plaintext)
  plaintext.fill(0)
  return { ciphertext, nonce }
}

/** Throws `storage` for another key and for another binding. The bytes are to be imported and wiped. */
export async function decryptSecrets(
  { ciphertext, nonce, recordKey }: SealedSecrets,
  storageKey: CryptoKey | undefined,
  binding: Bytes,
): Promise<SecretBytes> {
  const key = recordKey ?? storageKey
  if (!key) throw fail('storage', 'the record needs the storageKey of its epoch')
  const plaintext = await attempt('storage', 'the record does not open with this storageKey', () =>
    aeadOpen(AES_256_GCM, { key, nonce }, binding, ciphertext),
  )
  const reader = new Reader(plaintext, 'stored secrets', 'storage')
  return {
    psk: reader.opaque(),
    senderAuthDataSecret: reader.opaque(),
    encryptionPrivateKey: reader.opaque(),
    signaturePrivateKey: reader.opaque(),
  }
}

/** Whether the engine can clone the key, for a database too: WebKit cannot clone X25519 private keys. */
function isCloneable(key: CryptoKey | undefined): boolean {
  try {
    return key === undefined || isCryptoKey(structuredClone(key), key.algorithm.name, key.usages)
  } catch {
    return false
  }
}
