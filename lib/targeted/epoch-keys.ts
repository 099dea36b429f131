import type { CipherSuite } from '../crypto/suites.js'
import type { Bytes } from '../tls/bytes.js'
import type { RevisionRules } from './revisions.js'

/** What every targeted message of an epoch is sealed and opened with. */
export interface EpochKeys {
  readonly rules: RevisionRules
  readonly suite: CipherSuite
  readonly groupId: Bytes
  readonly epoch: bigint
  /** `targeted_message_psk`, draft section 4, as HKDF key material. */
  readonly psk: CryptoKey
  /** `sender_auth_data_secret`, section 5.3, as an HMAC key. */
  readonly senderAuthDataSecret: CryptoKey
}
