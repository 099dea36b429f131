import type { PrivateKeyInput } from '../crypto/private-keys.js'
import type { SignatureCallback } from '../crypto/signature/signature.js'
import type { CipherSuiteDescription } from '../crypto/suites.js'
import type { Member } from '../mls/ratchet-tree.js'
import type { Revision } from '../targeted/revisions.js'
import type { ExporterInput } from './exporter.js'

/** What a member of a group knows in one epoch. All byte arrays are copied when they are given. */
export interface GroupEpochOptions extends ExporterInput {
  /** The revision of the draft that the group has agreed on; '00' unless given. Messages do not name it. */
  readonly revision?: Revision | undefined
  /** RFC 9420 section 17.1, or a description: see `mls-targeted-messages/post-quantum`. */
  readonly cipherSuite: number | CipherSuiteDescription
  /** Of any length. */
  readonly groupId: Uint8Array
  /** uint64. */
  readonly epoch: bigint
  /** The serialized GroupContext (RFC 9420 section 8.1); revision 00 needs it. */
  readonly groupContext?: Uint8Array | undefined
  /** All non-blank leaves of the ratchet tree, including the own one. */
  readonly members: Iterable<Member>
  /** The member that seals and opens. */
  readonly self: Self
  /**
   * An AES-GCM key with the usages encrypt and decrypt, which the application derives from a passphrase or WebAuthn PRF
   * and never stores. {@link GroupEpoch.export} then gives the secrets encrypted under it.
   */
  readonly storageKey?: CryptoKey | undefined
  /** Longer messages are neither sealed nor opened: `too-large`. In bytes; 16 MiB unless given. */
  readonly maxMessageLength?: number | undefined
}

/** The own leaf, with its private keys. */
export interface Self {
  /** uint32; `members` has this leaf. */
  readonly leafIndex: number
  /** Raw bytes, PKCS#8 bytes, or a CryptoKey with the usage deriveBits. */
  readonly encryptionPrivateKey: PrivateKeyInput
  /** Raw bytes, PKCS#8 bytes, a CryptoKey with the usage sign, or a function that signs. */
  readonly signaturePrivateKey: PrivateKeyInput | SignatureCallback
}
