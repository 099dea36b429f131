import type { KemKeyPair } from '../crypto/kem.js'
import type { Signer } from '../crypto/signature.js'
import type { EpochKeys } from '../targeted/epoch-keys.js'
import type { Bytes } from '../tls/bytes.js'
import type { PackedMembers } from './members.js'

/** All that is kept of an epoch after `create`: CryptoKeys and public data, no secret bytes. */
export interface EpochState {
  readonly keys: EpochKeys
  readonly members: PackedMembers
  readonly leafIndex: number
  readonly encryptionKeyPair: KemKeyPair
  readonly signer: Signer
  /** Serialized, where the revision's HPKE `info` holds it, else empty. */
  readonly groupContext: Bytes
  /** In bytes. */
  readonly maxMessageLength: number
}
