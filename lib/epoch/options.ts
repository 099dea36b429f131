import type { PrivateKeyInput } from '../crypto/keys.js'
import type { SignatureCallback } from '../crypto/signature.js'
import { type CipherSuite, cipherSuite } from '../crypto/suites.js'
import type { Member } from '../mls/ratchet-tree.js'
import { type Revision, type RevisionRules, revisions } from '../targeted/revisions.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import { checkEpoch, checkLeafIndex, checkPositive, invalidInput } from './input.js'
import { Members } from './members.js'
import type { ExporterInput } from './secrets.js'

/** What a member of a group knows in one epoch. All byte arrays are copied when they are given. */
export interface GroupEpochOptions extends ExporterInput {
  /** The revision of the draft that the group has agreed on; '00' unless given. Messages do not say which it is. */
  readonly revision?: Revision | undefined
  /** RFC 9420 section 17.1. */
  readonly cipherSuite: number
  readonly groupId: Uint8Array
  /** uint64. */
  readonly epoch: bigint
  /** The serialized GroupContext (RFC 9420 section 8.1); revision 00 needs it. */
  readonly groupContext?: Uint8Array | undefined
  /** All non-blank leaves of the ratchet tree, the own one among them. */
  readonly members: Iterable<Member>
  readonly self: Self
  /** Longer messages are neither sealed nor opened: `too-large`. In bytes; 16 MiB unless given. */
  readonly maxMessageLength?: number | undefined
}

/** The own leaf, with its private keys. */
export interface Self {
  readonly leafIndex: number
  /** Raw bytes, PKCS#8 bytes, or a CryptoKey with the usage deriveBits. */
  readonly encryptionPrivateKey: PrivateKeyInput
  /** Raw bytes, PKCS#8 bytes, a CryptoKey with the usage sign, or a function that signs. */
  readonly signaturePrivateKey: PrivateKeyInput | SignatureCallback
}

/** The public part of {@link GroupEpochOptions}, checked. */
export interface CheckedOptions {
  readonly rules: RevisionRules
  readonly suite: CipherSuite
  readonly groupId: Bytes
  readonly epoch: bigint
  readonly groupContext: Bytes
  readonly members: Members
  readonly leafIndex: number
  /** The own public keys. */
  readonly encryptionKey: Bytes
  readonly signatureKey: Bytes
  readonly maxMessageLength: number
}

const DEFAULT_MAX_MESSAGE_LENGTH = 16 * 1024 * 1024

/** Throws `invalid-input`, and `unsupported-cipher-suite` for a suite that is not in RFC 9420. */
export function checkOptions(options: GroupEpochOptions): CheckedOptions {
  const rules = checkRevision(options.revision ?? '00')
  const suite = cipherSuite(options.cipherSuite)
  const members = Members.from(suite, options.members)
  const leafIndex = checkLeafIndex(options.self?.leafIndex, 'self.leafIndex')
  const encryptionKey = members.encryptionKey(leafIndex)
  const signatureKey = members.signatureKey(leafIndex)
  if (!encryptionKey || !signatureKey) {
    throw invalidInput(`members has no leaf ${leafIndex}, which self.leafIndex names`)
  }
  return {
    rules,
    suite,
    groupId: copyBytes(options.groupId, 'groupId'),
    epoch: checkEpoch(options.epoch),
    groupContext: checkGroupContext(rules, options.groupContext),
    members,
    leafIndex,
    encryptionKey,
    signatureKey,
    maxMessageLength: checkPositive(
      options.maxMessageLength ?? DEFAULT_MAX_MESSAGE_LENGTH,
      'maxMessageLength',
    ),
  }
}

function checkRevision(revision: Revision): RevisionRules {
  if (Object.hasOwn(revisions, revision)) return revisions[revision]
  throw invalidInput(`revision must be '00', '01' or '02', not ${String(revision)}`)
}

function checkGroupContext({ info }: RevisionRules, groupContext: Uint8Array | undefined): Bytes {
  if (groupContext === undefined && info.needsGroupContext) {
    throw invalidInput('revision 00 needs groupContext, the serialized GroupContext')
  }
  return copyBytes(groupContext ?? new Uint8Array(), 'groupContext')
}
