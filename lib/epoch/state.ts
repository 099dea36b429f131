import type { HpkeInfo } from '../crypto/hpke-psk.js'
import type { KemKeyPair } from '../crypto/kem.js'
import type { Signer } from '../crypto/signature.js'
import type { EpochKeys } from '../targeted/epoch-keys.js'
import type { InfoPerPair } from '../targeted/revisions.js'
import type { Bytes } from '../tls/bytes.js'
import type { Members } from './members.js'

/** All that is kept of an epoch after `create`: CryptoKeys and public data, no secret bytes. */
export interface EpochState {
  readonly keys: EpochKeys
  readonly members: Members
  readonly leafIndex: number
  readonly encryptionKeyPair: KemKeyPair
  readonly signer: Signer
  readonly info: EpochInfo
  /** In bytes. */
  readonly maxMessageLength: number
}

/** HPKE's `info`, hashed as far as it is the same for the whole epoch. */
export type EpochInfo =
  | { readonly per: 'epoch'; readonly info: HpkeInfo }
  | { readonly per: 'pair'; readonly pskIdHash: Bytes; readonly fields: InfoPerPair['fields'] }
