import type { SignatureCallback } from '../crypto/signature/signature.js'
import { type CipherSuiteDescription, cipherSuiteOf } from '../crypto/suites.js'
import { checkSubtleCrypto } from '../crypto/support.js'
import { fail, invalidInput } from '../errors.js'
import { Epoch } from './epoch.js'
import { loadSecrets } from './load-secrets.js'
import { checkPublicState, ownPublicKeys, type PublicState } from './public-state.js'
import { checkStorageKey, type Secret, type StoredSecret, type StoredSecrets } from './secrets.js'

/** The version of the record format. */
const VERSION = 2

/**
 * An epoch as plain data, for IndexedDB, `postMessage` and `structuredClone`: CryptoKeys that are not extractable, or
 * encrypted secrets, and public data. Store it, but do not rely on its fields.
 */
export interface GroupEpochRecord extends PublicState {
  /** Of the record format; another version is refused. */
  readonly version: number
  /** Each is a CryptoKey that is not extractable, or encrypted under the `storageKey` or under a key beside it. */
  readonly secrets: StoredSecrets
}

/** What a record cannot hold. */
export interface FromOptions {
  /** The `storageKey` that the epoch was created with; none if it was created without. */
  readonly storageKey?: CryptoKey | undefined
  /** The function that signs, if the epoch was created with one. Without it the epoch can open, but not seal. */
  readonly signaturePrivateKey?: SignatureCallback | undefined
  /** Descriptions of cipher suites. They must include the epoch's suite unless it is built in. */
  readonly cipherSuites?: Iterable<CipherSuiteDescription> | undefined
}

/** Throws `storage` if a CryptoKey that is not extractable can be neither cloned nor encrypted. */
export function toRecord({ state, secrets }: Epoch): GroupEpochRecord {
  const { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey, recordKey } = secrets
  // Copies, so that nobody can change the epoch through its record.
  return {
    version: VERSION,
    ...structuredClone(state),
    secrets: {
      psk: storedForm(psk, 'the PSK'),
      senderAuthDataSecret: storedForm(senderAuthDataSecret, 'the sender auth data secret'),
      encryptionPrivateKey: storedForm(encryptionPrivateKey, 'self.encryptionPrivateKey'),
      signaturePrivateKey: signaturePrivateKey && storedForm(signaturePrivateKey, 'self.signaturePrivateKey'),
      recordKey,
    },
  }
}

function storedForm({ stored }: Secret, name: string): StoredSecret {
  if (stored?.kind === 'key') return { ...stored }
  if (stored) return { ...stored, ciphertext: stored.ciphertext.slice(), nonce: stored.nonce.slice() }
  throw fail(
    'storage',
    `${name} is not extractable, but must be encrypted to be stored, because there is a storageKey or because this engine cannot clone it: give its bytes`,
  )
}

/** Throws `invalid-input` for anything but a record of this version, and `storage` for a wrong storageKey. */
export async function readRecord(
  { version, secrets, ...given }: GroupEpochRecord,
  { storageKey, signaturePrivateKey: callback, cipherSuites = [] }: FromOptions,
): Promise<Epoch> {
  checkSubtleCrypto()
  if (version !== VERSION)
    throw invalidInput(`the record has version ${version}, and this library reads version ${VERSION}`)
  const suite = cipherSuiteOf(given.cipherSuite, cipherSuites)
  const state = checkPublicState(suite, given)
  ownPublicKeys(state)
  if (storageKey) checkStorageKey(storageKey)
  return Epoch.of({
    suite,
    state,
    secrets: await loadSecrets({ suite, state }, secrets, storageKey),
    callback,
  })
}
