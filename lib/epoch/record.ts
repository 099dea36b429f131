import { checkEpoch, checkInteger, checkLeafIndex } from '../check.js'
import { importPsk } from '../crypto/hpke-psk.js'
import { importSecret } from '../crypto/kdf.js'
import { checkPrivateKey, importRawPrivateKey, isCryptoKey } from '../crypto/keys.js'
import type { SignatureCallback } from '../crypto/signature.js'
import { type CipherSuite, cipherSuite } from '../crypto/suites.js'
import { fail, invalidInput } from '../errors.js'
import { copyBytes } from '../tls/bytes.js'
import { bindingOf, checkRevision, type EpochFacts, type OwnPublicKeys, ownPublicKeys } from './facts.js'
import { checkPacked } from './members.js'
import { type EpochState, makeState } from './state.js'
import {
  checkStorageKey,
  decryptSecrets,
  type SecretBytes,
  type SecretKeys,
  type StoredSecrets,
} from './stored-secrets.js'

/** The version of the record's form. */
const VERSION = 1

/**
 * An epoch as plain data, for IndexedDB, `postMessage` and `structuredClone`: CryptoKeys that are not extractable, or
 * encrypted secrets, and public data. To be kept, and not to be looked into.
 */
export interface GroupEpochRecord extends EpochFacts {
  /** Of the record's form; another version is refused. */
  readonly version: number
  /** CryptoKeys that are not extractable, or the secrets encrypted: under `storageKey`, or under a key beside them. */
  readonly secrets: StoredSecrets
}

/** What a record cannot hold. */
export interface FromOptions {
  /** The key that the epoch was created with, if it was with one. */
  readonly storageKey?: CryptoKey | undefined
  /** The function that signs, if the epoch was created with one; without it the epoch opens and does not seal. */
  readonly signaturePrivateKey?: SignatureCallback | undefined
}

/** Throws `storage` where a CryptoKey that is not extractable can be neither cloned nor encrypted. */
export function toRecord(state: EpochState): GroupEpochRecord {
  const { stored, keys, encryptionKeyPair, signer, ...facts } = state
  if (!stored) {
    throw fail(
      'storage',
      'a private key that is not extractable cannot be encrypted, as storageKey or this engine demands: give its bytes',
    )
  }
  // Copies, so that nobody changes the state through its record.
  return { version: VERSION, ...structuredClone(facts), secrets: copyStored(stored) }
}

function copyStored(stored: StoredSecrets): StoredSecrets {
  if ('psk' in stored) return { ...stored }
  return {
    ciphertext: copyBytes(stored.ciphertext, 'ciphertext'),
    nonce: copyBytes(stored.nonce, 'nonce'),
    recordKey: stored.recordKey,
  }
}

/** Throws `invalid-input` for what is no record of this version, and `storage` for another storageKey. */
export async function fromRecord(
  { version, secrets, ...record }: GroupEpochRecord,
  { storageKey, signaturePrivateKey: callback }: FromOptions,
): Promise<EpochState> {
  if (version !== VERSION) throw invalidInput(`the record has version ${version}, not ${VERSION}`)
  const facts = checkRecordFacts(record)
  const own = ownPublicKeys(facts)
  const suite = cipherSuite(facts.cipherSuite)
  const stored = copyStored(secrets)
  if (storageKey) checkStorageKey(storageKey)
  if ('psk' in stored) checkKeys(suite, stored)
  else if (stored.recordKey !== undefined) checkStorageKey(stored.recordKey, 'recordKey')
  if (storageKey && ('psk' in stored || stored.recordKey)) {
    // Whoever can write to the disk is not to choose that it is in the clear.
    throw fail('storage', 'a storageKey was given for a record without one')
  }
  if ('psk' in stored) return makeState(facts, stored, callback, stored)
  const bytes = await decryptSecrets(stored, storageKey, bindingOf(facts))
  try {
    return await makeState(facts, await importSecrets(suite, own, bytes), callback, stored)
  } finally {
    for (const secret of Object.values(bytes)) secret.fill(0)
  }
}

function checkRecordFacts(record: EpochFacts): EpochFacts {
  const { revision, members } = record
  checkRevision(revision)
  const suite = cipherSuite(record.cipherSuite)
  return {
    revision,
    cipherSuite: suite.id,
    groupId: copyBytes(record.groupId, 'groupId'),
    epoch: checkEpoch(record.epoch),
    groupContext: copyBytes(record.groupContext, 'groupContext'),
    members: checkPacked(suite, members),
    leafIndex: checkLeafIndex(record.leafIndex, 'leafIndex'),
    maxMessageLength: checkInteger(record.maxMessageLength, 'maxMessageLength', 1),
  }
}

function checkKeys({ kem, kdf, signature }: CipherSuite, keys: SecretKeys): void {
  const { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey } = keys
  const { hash }: KeyAlgorithm & { hash?: KeyAlgorithm } = senderAuthDataSecret.algorithm
  if (
    !isCryptoKey(psk, 'HKDF', ['deriveKey', 'deriveBits']) ||
    !isCryptoKey(senderAuthDataSecret, 'HMAC', ['sign']) ||
    hash?.name !== kdf.hash
  ) {
    throw invalidInput('the record has other keys than its cipher suite')
  }
  checkPrivateKey(kem, encryptionPrivateKey)
  // An engine that loses a key may leave null.
  if (signaturePrivateKey !== undefined) checkPrivateKey(signature, signaturePrivateKey)
}

async function importSecrets(
  suite: CipherSuite,
  own: OwnPublicKeys,
  bytes: SecretBytes,
): Promise<SecretKeys> {
  const [psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey] = await Promise.all([
    importPsk(suite, bytes.psk),
    importSecret(suite.kdf, bytes.senderAuthDataSecret),
    importRawPrivateKey(suite.kem, bytes.encryptionPrivateKey, own.encryptionKey),
    bytes.signaturePrivateKey.length === 0
      ? undefined
      : importRawPrivateKey(suite.signature, bytes.signaturePrivateKey, own.signatureKey),
  ])
  return { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey }
}
