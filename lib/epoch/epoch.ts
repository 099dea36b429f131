import type { KemKeyPair } from '../crypto/kem/kem.js'
import { proveEncryptionKeyPair } from '../crypto/private-keys.js'
import {
  callbackSigner,
  keySigner,
  type SignatureCallback,
  type Signer,
} from '../crypto/signature/signature.js'
import type { CipherSuite } from '../crypto/suites.js'
import { attempt, invalidInput } from '../errors.js'
import type { EpochKeys } from '../targeted/epoch-keys.js'
import { identifyTargetedMessage } from '../targeted/message-id.js'
import { type Opened, openTargetedMessage } from '../targeted/open.js'
import { revisions } from '../targeted/revisions.js'
import { type Outgoing, sealTargetedMessage } from '../targeted/seal.js'
import type { TargetedMessage } from '../targeted/structs.js'
import type { Bytes } from '../tls/bytes.js'
import { MemberKeys } from './member-keys.js'
import { ownPublicKeys, type PublicState } from './public-state.js'
import type { EpochSecrets } from './secrets.js'

/** What an epoch is made of. */
export interface EpochParts {
  readonly suite: CipherSuite
  readonly state: PublicState
  readonly secrets: EpochSecrets
  /** Signs where there is no `signaturePrivateKey`. */
  readonly callback: SignatureCallback | undefined
}

/**
 * What a member of a group knows in one epoch, with all that seals and opens: CryptoKeys and public data, no secret bytes.
 * Immutable. {@link GroupEpoch} and the inbox both build on it.
 */
export class Epoch {
  readonly state: PublicState
  readonly secrets: EpochSecrets
  readonly keys: EpochKeys
  readonly leafIndex: number
  readonly encryptionKeyPair: KemKeyPair
  readonly signer: Signer
  readonly members: MemberKeys

  private constructor({ suite, state, secrets }: EpochParts, signer: Signer) {
    const { revision, groupId, epoch, leafIndex, members, groupContext } = state
    const { psk, senderAuthDataSecret, encryptionPrivateKey } = secrets
    this.state = state
    this.secrets = secrets
    this.keys = {
      rules: revisions[revision],
      suite,
      groupId,
      epoch,
      psk: psk.key,
      senderAuthDataSecret: senderAuthDataSecret.key,
    }
    this.leafIndex = leafIndex
    this.encryptionKeyPair = {
      privateKey: encryptionPrivateKey.key,
      publicKey: ownPublicKeys(state).encryptionKey,
    }
    this.signer = signer
    this.members = new MemberKeys({ keys: this.keys, members, groupContext })
  }

  static async of(parts: EpochParts): Promise<Epoch> {
    return new Epoch(parts, await signerOf(parts))
  }

  /** Returns a serialized MLSMessage. */
  seal(outgoing: Outgoing): Promise<Bytes> {
    return sealTargetedMessage(this, this.members, outgoing)
  }

  /** With all checks, but without a memory of earlier messages. */
  open(message: TargetedMessage): Promise<Opened> {
    return openTargetedMessage(this, this.members, message)
  }

  /** The id that the recipient's inbox gives to a message of this epoch. */
  identify(message: TargetedMessage): Promise<string> {
    return identifyTargetedMessage(this.keys, message)
  }

  /** Throws `invalid-input` unless the private key belongs to the own leaf. */
  proveKeyPair(): Promise<void> {
    return proveEncryptionKeyPair(this.keys.suite.kem, this.encryptionKeyPair)
  }
}

async function signerOf({ suite, state, secrets, callback }: EpochParts): Promise<Signer> {
  const { signature } = suite
  const { signaturePrivateKey } = secrets
  if (signaturePrivateKey) return keySigner(signature, signaturePrivateKey.key)
  if (!callback) {
    return () =>
      Promise.reject(
        invalidInput('to seal, pass the signaturePrivateKey callback that the epoch was created with'),
      )
  }
  const verificationKey = await attempt(
    'invalid-input',
    `the own signatureKey is not a valid ${signature.name} key`,
    () => signature.importPublicKey(ownPublicKeys(state).signatureKey),
  )
  return callbackSigner(signature, callback, verificationKey)
}
