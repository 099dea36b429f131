import type { Bytes } from './wire.js'

export type Revision = '00' | '01' | '02'

/** A non-blank leaf; keys as RFC 9420 5.1.1 writes them (EC points uncompressed). */
export interface OracleLeaf {
  readonly leafIndex: number
  readonly encryptionKey: Uint8Array
  readonly signatureKey: Uint8Array
}

export interface OracleKeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

/** One member's view of one epoch. */
export interface OracleMember {
  readonly revision: Revision
  readonly cipherSuite: number
  readonly groupId: Uint8Array
  readonly epoch: bigint
  /** Serialized; only revision 00 reads it. */
  readonly groupContext: Uint8Array
  readonly exporterSecret: Uint8Array
  readonly members: readonly OracleLeaf[]
  /** Private keys raw: scalar of the curve's length, X25519 key, Ed25519 or X-Wing seed of 32 bytes, ML-KEM seed of 64. */
  readonly self: {
    readonly leafIndex: number
    readonly encryptionPrivateKey: Uint8Array
    readonly signaturePrivateKey: Uint8Array
  }
}

/**
 * The overrides build what a malicious member could. Each value goes everywhere that this value belongs, so nothing
 * but the one thing is wrong: a claimed sender or a false KEM output is also signed and also in the HPKE aad and info.
 */
export interface OracleSealOptions {
  readonly recipientLeafIndex: number
  readonly applicationData?: Uint8Array
  readonly authenticatedData?: Uint8Array
  /** In bytes. */
  readonly paddingLength?: number
  /**
   * A key pair of the suite's KEM instead of a random one; raw, the private half as `self` has it. A post-quantum KEM has
   * none: then the private half is its randomness, 64 bytes for X-Wing, 32 for ML-KEM.
   */
  readonly ephemeral?: OracleKeyPair
  /** Instead of the member's signature key: takes the serialized SignContent (RFC 9420 5.1.2). */
  readonly sign?: (signContent: Bytes) => Uint8Array

  /** Claims this sender; the signature stays the real sender's own. */
  readonly claimedSenderLeafIndex?: number
  /** Raw TargetedMessageContent, instead of application data and zeros. */
  readonly content?: Uint8Array
  /** Takes the correct KEM output; its result is on the wire, in TBS and in the aad. */
  readonly kemOutput?: (correct: Bytes) => Uint8Array
  /** Takes the correct TBS; its result is signed. */
  readonly tbs?: (correct: Bytes) => Uint8Array
  /** Instead of "TargetedMessageTBS". */
  readonly label?: string
  /** Takes the signature made; its result is on the wire and, in 00, in the aad. */
  readonly signature?: (correct: Bytes) => Uint8Array
  /** Follows TargetedMessageSenderAuthData in its plaintext. */
  readonly senderAuthDataSuffix?: Uint8Array
}

export interface OracleOpened {
  senderLeafIndex: number
  applicationData: Bytes
  authenticatedData: Bytes
  paddingLength: number
}
