import { checkEpoch, checkInteger, checkLeafIndex } from '../check-argument.js'
import type { CipherSuite } from '../crypto/suites.js'
import { invalidInput } from '../errors.js'
import { isRevision, type Revision, revisions } from '../targeted/revisions.js'
import { type Bytes, copyBytes } from '../tls/bytes.js'
import { ascii, encode, opaque, uint16, uint32, uint64 } from '../tls/writer.js'
import { checkPacked, type PackedMembers, partOf } from './members.js'

/** An epoch without its secrets; plain data. */
export interface PublicState {
  /** The revision of the draft that the group has agreed on. */
  readonly revision: Revision
  /** The suite's number: RFC 9420 section 17.1, or the `id` of a description. */
  readonly cipherSuite: number
  /** Of any length. */
  readonly groupId: Bytes
  /** uint64. */
  readonly epoch: bigint
  /** Serialized if the revision's HPKE `info` contains it, else empty. */
  readonly groupContext: Bytes
  /** The leaves with their raw public keys, in as few objects as will do. */
  readonly members: PackedMembers
  /** The own leaf. */
  readonly leafIndex: number
  /** Longer messages are neither sealed nor opened. In bytes. */
  readonly maxMessageLength: number
}

/** The same before it is checked: from the application, or from a record. */
export interface GivenState extends Omit<PublicState, 'cipherSuite' | 'groupId' | 'groupContext'> {
  readonly groupId: Uint8Array
  readonly groupContext?: Uint8Array | undefined
}

/** A checked copy. Throws `invalid-input`. */
export function checkPublicState(suite: CipherSuite, given: GivenState): PublicState {
  const { revision, maxMessageLength } = given
  if (!isRevision(revision)) {
    throw invalidInput(`revision must be '00', '01' or '02', not ${revision}`)
  }
  return {
    revision,
    cipherSuite: suite.id,
    groupId: copyBytes(given.groupId, 'groupId'),
    epoch: checkEpoch(given.epoch),
    groupContext: copyGroupContext(revision, given.groupContext),
    members: checkPacked(suite, given.members),
    leafIndex: checkLeafIndex(given.leafIndex, 'leafIndex'),
    maxMessageLength: checkInteger(maxMessageLength, 'maxMessageLength', 1),
  }
}

function copyGroupContext(revision: Revision, groupContext: Uint8Array | undefined): Bytes {
  if (!revisions[revision].needsGroupContext) return new Uint8Array()
  if (groupContext) return copyBytes(groupContext, 'groupContext')
  throw invalidInput('revision 00 needs groupContext, the serialized GroupContext')
}

/** Raw. */
export interface OwnPublicKeys {
  readonly encryptionKey: Bytes
  readonly signatureKey: Bytes
}

/** Throws `invalid-input` if the own leaf is blank. */
export function ownPublicKeys({ members, leafIndex }: PublicState): OwnPublicKeys {
  const encryptionKey = partOf(members, members.encryptionKeys, leafIndex)
  const signatureKey = partOf(members, members.signatureKeys, leafIndex)
  if (encryptionKey && signatureKey) return { encryptionKey, signatureKey }
  throw invalidInput(`members has no leaf ${leafIndex}, which is self.leafIndex`)
}

/** What encrypted secrets are bound to: all of the state. With other members, for example, they do not decrypt. */
export function bindingOf(state: PublicState): Bytes {
  const { leafIndices, encryptionKeys, signatureKeys, supporting } = state.members
  return encode(
    opaque(ascii(state.revision)),
    uint16(state.cipherSuite),
    opaque(state.groupId),
    uint64(state.epoch),
    opaque(state.groupContext),
    uint32(state.leafIndex),
    uint64(BigInt(state.maxMessageLength)),
    // In the byte order of the machine: a record never leaves it.
    opaque(new Uint8Array(leafIndices.buffer)),
    opaque(encryptionKeys),
    opaque(signatureKeys),
    opaque(supporting),
  )
}
