import type { KemKeyPair } from '../crypto/kem.js'
import { importPublicKey } from '../crypto/public-keys.js'
import { callbackSigner, keySigner, type SignatureCallback, type Signer } from '../crypto/signature.js'
import { type CipherSuite, cipherSuite } from '../crypto/suites.js'
import { attempt, invalidInput } from '../errors.js'
import type { EpochKeys } from '../targeted/epoch-keys.js'
import { revisions } from '../targeted/revisions.js'
import type { Bytes } from '../tls/bytes.js'
import { type EpochFacts, ownPublicKeys } from './facts.js'
import type { SecretKeys, StoredSecrets } from './stored-secrets.js'

/** All that is kept of an epoch: CryptoKeys and public data, no secret bytes. */
export interface EpochState extends EpochFacts {
  readonly keys: EpochKeys
  readonly encryptionKeyPair: KemKeyPair
  readonly signer: Signer
  /** What a record holds of the secrets; nothing where a CryptoKey can be neither cloned nor encrypted. */
  readonly stored: StoredSecrets | undefined
}

/** `callback` signs where there is no `signaturePrivateKey`. */
export async function makeState(
  facts: EpochFacts,
  { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey }: SecretKeys,
  callback: SignatureCallback | undefined,
  stored: StoredSecrets | undefined,
): Promise<EpochState> {
  const { revision, groupId, epoch } = facts
  const suite = cipherSuite(facts.cipherSuite)
  const { encryptionKey, signatureKey } = ownPublicKeys(facts)
  return {
    ...facts,
    keys: { rules: revisions[revision], suite, groupId, epoch, psk, senderAuthDataSecret },
    encryptionKeyPair: { privateKey: encryptionPrivateKey, publicKey: encryptionKey },
    signer: signaturePrivateKey
      ? keySigner(suite.signature, signaturePrivateKey)
      : await signerBy(callback, suite, signatureKey),
    stored,
  }
}

async function signerBy(
  callback: SignatureCallback | undefined,
  { signature }: CipherSuite,
  publicKey: Bytes,
): Promise<Signer> {
  if (!callback)
    return () => Promise.reject(invalidInput('sealing needs the signaturePrivateKey callback again'))
  const verificationKey = await attempt(
    'invalid-input',
    `the own signatureKey is no key of ${signature.curve.crv}`,
    () => importPublicKey(signature, publicKey),
  )
  return callbackSigner(signature, callback, verificationKey)
}
