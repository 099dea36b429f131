/**
 * For MLS stacks that give a serialized ratchet tree and no list of members.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/ratchet-tree
 */

import { invalidInput } from '../errors.js'
import { copyBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { readOptional, readVector } from '../tls/vector.js'
import { decodeGroupContext } from './group-context.js'
import { readLeafNode } from './leaf-node.js'
import { listsTargetedMessages, REQUIRED_WIRE_FORMATS, SUPPORTED_WIRE_FORMATS } from './wire-formats.js'

/** A member of a group: a non-blank leaf of its ratchet tree, with raw public keys. */
export interface Member {
  /** uint32. */
  readonly leafIndex: number
  /**
   * The leaf's HPKE public key as the suite has it, for example 32 bytes (X25519), an uncompressed point of 65, 97 or 133,
   * or 1,216 bytes (X-Wing).
   */
  readonly encryptionKey: Uint8Array
  /**
   * The leaf's signature public key as the suite has it, for example 32 bytes (Ed25519) or 1,952 (ML-DSA-65). A point is
   * uncompressed (65, 97 or 133 bytes), or compressed (33, 49 or 67), as in the leaves of ts-mls.
   */
  readonly signatureKey: Uint8Array
  /**
   * Whether the member supports targeted messages: its leaf lists them in `supported_wire_formats`, or the group in
   * `required_wire_formats` (draft-ietf-mls-extensions-09 section 5).
   */
  readonly supportsTargetedMessages?: boolean | undefined
}

/** What is known of the group besides its tree. */
export interface RatchetTreeOptions {
  /** Serialized (RFC 9420 section 8.1). If the group requires targeted messages, all members count as supporting them. */
  readonly groupContext?: Uint8Array | undefined
}

const nodeType = { leaf: 1, parent: 2 }

/**
 * Reads a serialized `ratchet_tree` (`optional<Node> ratchet_tree<V>`, RFC 9420 section 12.4.3.3), as the
 * ratchet_tree extension holds it, for stacks that give no list of members. Leaf i is node 2i. Compressed signature keys
 * become uncompressed points (section 5.1.1). It does not validate the tree: the MLS stack has. Throws `malformed`;
 * `invalid-input` for anything but a Uint8Array, and for options that are none.
 */
export function readRatchetTree(ratchetTree: Uint8Array, options: RatchetTreeOptions = {}): Member[] {
  if (typeof options !== 'object' || options === null) throw invalidInput('the options must be an object')
  const { groupContext } = options
  const reader = new Reader(copyBytes(ratchetTree, 'ratchetTree'), 'ratchet_tree')
  const nodes = readVector(reader, 'ratchet_tree', (node, nodeIndex) =>
    readOptional(node, () => readNode(node, nodeIndex)),
  )
  reader.end()
  if (nodes.length > 0 && !nodes.at(-1)) throw reader.malformed('the last node is blank')
  const members = nodes.flatMap((node) => node ?? [])
  if (groupContext === undefined || !requiresTargetedMessages(groupContext)) return members
  return members.map((member) => ({ ...member, supportsTargetedMessages: true }))
}

const requiresTargetedMessages = (groupContext: Uint8Array): boolean =>
  listsTargetedMessages(
    decodeGroupContext(copyBytes(groupContext, 'groupContext')).extensions,
    REQUIRED_WIRE_FORMATS,
  )

/** A leaf gives a member, a parent none. */
function readNode(reader: Reader, nodeIndex: number): Member[] {
  const type = reader.uint8()
  const wanted = nodeIndex % 2 === 0 ? nodeType.leaf : nodeType.parent
  if (type !== wanted) throw reader.malformed(`node ${nodeIndex} has type ${type}, not ${wanted},`)
  if (type === nodeType.leaf) {
    const { encryptionKey, signatureKey, extensions } = readLeafNode(reader)
    const supportsTargetedMessages = listsTargetedMessages(extensions, SUPPORTED_WIRE_FORMATS)
    return [{ leafIndex: nodeIndex / 2, encryptionKey, signatureKey, supportsTargetedMessages }]
  }
  reader.opaque() // encryption_key
  reader.opaque() // parent_hash
  readVector(reader, 'ParentNode.unmerged_leaves', (leaves) => leaves.uint32())
  return []
}
