/**
 * For applications whose MLS stack is ts-mls.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/ts-mls
 */

import { uncompressPoint } from '../crypto/ec-point.js'
import type { CipherSuiteDescription } from '../crypto/suites.js'
import { invalidInput, ownError } from '../errors.js'
import { encodeGroupContext } from '../mls/group-context.js'
import type { Member } from '../mls/ratchet-tree.js'
import { listsTargetedMessages, REQUIRED_WIRE_FORMATS, SUPPORTED_WIRE_FORMATS } from '../mls/wire-formats.js'
import { extensionData, extensionType, type TsMlsExtension } from './ts-mls-extensions.js'
import { suiteOf, type TsMlsSuiteParts } from './ts-mls-suites.js'

/** The part of a `ClientState` of ts-mls that is read here: 1.x writes names where 2.0 writes numbers. */
export interface TsMlsClientState {
  /** `GroupContext`, RFC 9420 section 8.1; revision 00 needs all of it. */
  readonly groupContext: {
    /** The suite's number, or its name in 1.x. */
    readonly cipherSuite: string | number
    /** Of any length. */
    readonly groupId: Uint8Array
    /** uint64. */
    readonly epoch: bigint
    /** KDF.Nh bytes. */
    readonly treeHash: Uint8Array
    /** KDF.Nh bytes, or none in epoch 0. */
    readonly confirmedTranscriptHash: Uint8Array
    /** In their order. */
    readonly extensions: readonly TsMlsExtension[]
  }
  /** The secrets of the epoch. */
  readonly keySchedule: {
    /** KDF.Nh bytes. */
    readonly exporterSecret: Uint8Array
  }
  /** Leaf i is node 2i; a blank node is undefined. */
  readonly ratchetTree: readonly (TsMlsNode | undefined)[]
  /** What only this member knows of the tree. */
  readonly privatePath: {
    /** The own leaf. */
    readonly leafIndex: number
    /** By node index; only that of the own leaf is read. */
    readonly privateKeys: Readonly<Record<number, Uint8Array>>
  }
  /** Raw, or PKCS#8. */
  readonly signaturePrivateKey: Uint8Array
}

/** A node of the ratchet tree; only a leaf has a `leaf`. */
export interface TsMlsNode {
  /** A name in 1.x, a number in 2.0; not read. */
  readonly nodeType: unknown
  /** The member's, if it is a leaf. */
  readonly leaf?: TsMlsLeafNode
}

/** `LeafNode`, RFC 9420 section 7.2. */
export interface TsMlsLeafNode {
  /** The raw public key; an uncompressed point for P-256, P-384 and P-521. */
  readonly hpkePublicKey: Uint8Array
  /** The raw public key; a compressed or uncompressed point for P-256, P-384 and P-521. */
  readonly signaturePublicKey: Uint8Array
  /** In their order; only `supported_wire_formats` is read. */
  readonly extensions?: readonly TsMlsLeafNodeExtension[]
}

/** An extension of a LeafNode. */
export interface TsMlsLeafNodeExtension {
  /** A name in 1.x if RFC 9420 has one, else a number. */
  readonly extensionType: string | number
  /** Bytes for all types that are read here. */
  readonly extensionData: unknown
}

/** The options of `GroupEpoch.create`, except the revision. */
export interface TsMlsGroupEpochOptions {
  /** RFC 9420 section 17.1, or a description. */
  readonly cipherSuite: number | CipherSuiteDescription
  /** Not a copy: ts-mls's own bytes. */
  readonly groupId: Uint8Array
  /** uint64. */
  readonly epoch: bigint
  /** Serialized (RFC 9420 section 8.1). */
  readonly groupContext: Uint8Array
  /** KDF.Nh bytes. ts-mls's own bytes: `GroupEpoch.create` wipes its own copy, not these. */
  readonly exporterSecret: Uint8Array
  /** All non-blank leaves. */
  readonly members: Member[]
  /** The own leaf, with its private keys. */
  readonly self: {
    /** uint32. */
    readonly leafIndex: number
    /** Raw. */
    readonly encryptionPrivateKey: Uint8Array
    /** Raw, or PKCS#8. */
    readonly signaturePrivateKey: Uint8Array
  }
}

/**
 * What a member knows in the current epoch of a ts-mls group (1.x or 2.0), for `GroupEpoch.create`. ts-mls keeps no
 * exporter secret of past epochs, so take it from each new state, before the next commit. ECDSA public keys, which ts-mls
 * compresses, become uncompressed points (RFC 9420 section 5.1.1). A post-quantum suite, or one with X448, needs its `kem`,
 * and ML-DSA its `signature`. Throws `unsupported-cipher-suite` without them, and `invalid-input` for anything but a
 * ClientState.
 */
export function fromTsMls(
  clientState: TsMlsClientState,
  parts: TsMlsSuiteParts = {},
): TsMlsGroupEpochOptions {
  try {
    return convert(clientState, parts)
  } catch (cause) {
    throw ownError('invalid-input', 'this is not a ClientState of ts-mls 1.x or 2.0', cause)
  }
}

function convert(state: TsMlsClientState, parts: TsMlsSuiteParts): TsMlsGroupEpochOptions {
  const { groupContext, privatePath } = state
  const { groupId, epoch } = groupContext
  const { leafIndex } = privatePath
  const suite = suiteOf(groupContext.cipherSuite, parts)
  const cipherSuite = typeof suite === 'number' ? suite : suite.id
  const extensions = groupContext.extensions.map((extension) => ({
    extensionType: extensionType(extension.extensionType),
    extensionData: extensionData(extension.extensionData),
  }))
  const required = listsTargetedMessages(extensions, REQUIRED_WIRE_FORMATS)
  const encryptionPrivateKey = privatePath.privateKeys[2 * leafIndex]
  if (!encryptionPrivateKey) throw new TypeError('privatePath has no key for the own leaf')
  return {
    cipherSuite: suite,
    groupId,
    epoch,
    groupContext: encodeGroupContext({ ...groupContext, cipherSuite, extensions }),
    exporterSecret: state.keySchedule.exporterSecret,
    members: state.ratchetTree.flatMap((node, nodeIndex) => memberOf(node, nodeIndex, required)),
    self: { leafIndex, encryptionPrivateKey, signaturePrivateKey: state.signaturePrivateKey },
  }
}

/** `required`: the group requires every member to support targeted messages. */
function memberOf(node: TsMlsNode | undefined, nodeIndex: number, required: boolean): Member[] {
  if (!node?.leaf) return []
  const { hpkePublicKey, signaturePublicKey, extensions = [] } = node.leaf
  return [
    {
      leafIndex: nodeIndex / 2,
      encryptionKey: hpkePublicKey,
      signatureKey: rfc9420Key(signaturePublicKey),
      supportsTargetedMessages: required || listsTargetedMessages(extensions, SUPPORTED_WIRE_FORMATS),
    },
  ]
}

/** ts-mls shares leaves between epochs, so each point is uncompressed only once. */
const uncompressed = new WeakMap<Uint8Array, Uint8Array>()

function rfc9420Key(key: Uint8Array): Uint8Array {
  const point = uncompressed.get(key) ?? uncompressPoint(key)
  if (!point) throw invalidInput('the signature key of a leaf is not a point on its curve')
  uncompressed.set(key, point)
  return point
}
