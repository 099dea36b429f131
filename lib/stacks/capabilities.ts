/**
 * For groups in which some members may not support targeted messages: who does, by the extensions of
 * draft-ietf-mls-extensions-09 section 5, and which revision of the draft the group has agreed on. MLS stacks carry these
 * extensions and ignore them.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/capabilities
 */

import { checkInteger } from '../check-argument.js'
import { invalidInput, ownError } from '../errors.js'
import { MLS_TARGETED_MESSAGE } from '../mls/envelope.js'
import type { Extension } from '../mls/extensions.js'
import { decodeGroupContext } from '../mls/group-context.js'
import { decodeKeyPackage } from '../mls/key-package.js'
import { decodeLeafNode } from '../mls/leaf-node.js'
import { readRatchetTree } from '../mls/ratchet-tree.js'
import {
  decodeWireFormats,
  encodeWireFormats,
  listsTargetedMessages,
  REQUIRED_WIRE_FORMATS,
  SUPPORTED_WIRE_FORMATS,
} from '../mls/wire-formats.js'
import { isRevision, type Revision } from '../targeted/revisions.js'
import { copyBytes, isBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { ascii, encode, opaque } from '../tls/writer.js'
import type { TsMlsClientState, TsMlsLeafNode } from './ts-mls.js'

export type { Extension, Revision }

/**
 * Types of the extensions below. A member lists them in its capabilities (RFC 9420 section 7.2); a group that has one
 * in its GroupContext lists it in `required_capabilities` (section 11.1), so that nobody joins who does not know it.
 */
export const extensionTypes = {
  /** `supported_wire_formats`, of a LeafNode. */
  supportedWireFormats: SUPPORTED_WIRE_FORMATS,
  /** `required_wire_formats`, of a GroupContext. */
  requiredWireFormats: REQUIRED_WIRE_FORMATS,
  /** Of a GroupContext; of this library, from the range for private use (RFC 9420 section 17.3). */
  targetedMessageRevision: 0xf7a6,
} as const

/** A GroupContext, serialized (RFC 9420 section 8.1) or as ts-mls 1.x and 2.0 have it. */
export type GroupContextInput = Uint8Array | Pick<TsMlsClientState['groupContext'], 'extensions'>

/** A LeafNode, serialized (RFC 9420 section 7.2) or as ts-mls has it. */
export type LeafNodeInput = Uint8Array | TsMlsLeafNode

/** A KeyPackage, serialized in an MLSMessage (RFC 9420 sections 6 and 10) or as ts-mls has it. */
export type KeyPackageInput = Uint8Array | TsMlsKeyPackage

/** The part of a KeyPackage of ts-mls that is read here. */
export interface TsMlsKeyPackage {
  /** RFC 9420 section 7.2. */
  readonly leafNode: TsMlsLeafNode
}

/** A group: a ClientState of ts-mls, or both serialized. */
export interface GroupInput {
  /** What the group has agreed on. */
  readonly groupContext: GroupContextInput
  /** `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3), or the nodes; leaf i is node 2i. */
  readonly ratchetTree: Uint8Array | TsMlsClientState['ratchetTree']
}

/**
 * The extension by which a LeafNode says that its member supports targeted messages; for the LeafNode of a KeyPackage and
 * of every update. `wireFormats` is the whole list, uint16 each: 0x0006, targeted messages, unless given.
 * Throws `invalid-input`.
 */
export const supportedWireFormats = (wireFormats: Iterable<number> = [MLS_TARGETED_MESSAGE]): Extension =>
  wireFormatsExtension(extensionTypes.supportedWireFormats, wireFormats)

/**
 * The extension by which a GroupContext requires every member to support targeted messages. `wireFormats` as in
 * {@link supportedWireFormats}. Throws `invalid-input`.
 */
export const requiredWireFormats = (wireFormats: Iterable<number> = [MLS_TARGETED_MESSAGE]): Extension =>
  wireFormatsExtension(extensionTypes.requiredWireFormats, wireFormats)

/** The wire formats that the data of one of these two extensions list. Throws `malformed`, `invalid-input`. */
export const readWireFormats = (extensionData: Uint8Array): number[] =>
  decodeWireFormats(copyBytes(extensionData, 'extensionData'))

/** The extension by which a GroupContext names the revision of its group. Throws `invalid-input`. */
export const targetedMessageRevision = (revision: Revision): Extension =>
  reading('a revision', () => ({
    extensionType: extensionTypes.targetedMessageRevision,
    extensionData: encode(opaque(ascii(knownRevision(revision)))),
  }))

/**
 * The revision of a group, by the extension in its GroupContext; undefined if there is none. Throws `invalid-input` for a
 * revision that this library does not know, because there is nothing to fall back to, and `malformed`.
 */
export function revisionOf(groupContext: GroupContextInput): Revision | undefined {
  return reading(GROUP_CONTEXT, () => {
    const { targetedMessageRevision: type } = extensionTypes
    const extension = extensionsOf(groupContext).find(({ extensionType }) => extensionType === type)
    if (!extension) return undefined
    const reader = new Reader(copyBytes(extension.extensionData, 'extensionData'), 'revision of the group')
    const revision = String.fromCharCode(...reader.opaque())
    reader.end()
    return knownRevision(revision)
  })
}

/** Whether a LeafNode says that its member supports targeted messages. Throws `malformed`, `invalid-input`. */
export const leafNodeSupports = (leafNode: LeafNodeInput): boolean =>
  reading('a LeafNode', () =>
    supports(isBytes(leafNode) ? decodeLeafNode(new Uint8Array(leafNode)) : leafNode),
  )

/** Whether the owner of a KeyPackage supports targeted messages. Throws `malformed`, `invalid-input`. */
export const keyPackageSupports = (keyPackage: KeyPackageInput): boolean =>
  reading('a KeyPackage', () =>
    supports(isBytes(keyPackage) ? decodeKeyPackage(new Uint8Array(keyPackage)) : keyPackage.leafNode),
  )

/** Whether a group requires every member to support targeted messages. Throws `malformed`, `invalid-input`. */
export const groupRequires = (groupContext: GroupContextInput): boolean =>
  reading(GROUP_CONTEXT, () => listsTargetedMessages(extensionsOf(groupContext), REQUIRED_WIRE_FORMATS))

/**
 * Whether every member of a group supports targeted messages: the group requires it, or each leaf says so. Throws
 * `malformed`, `invalid-input`.
 */
export const groupSupports = (group: GroupInput): boolean =>
  reading('a group: pass a ClientState, or { groupContext, ratchetTree }', () => {
    const { groupContext, ratchetTree } = group
    if (!groupContext) throw new TypeError('groupContext is missing')
    return (
      groupRequires(groupContext) ||
      (isBytes(ratchetTree)
        ? readRatchetTree(ratchetTree).every((member) => member.supportsTargetedMessages)
        : ratchetTree.every((node) => !node?.leaf || supports(node.leaf)))
    )
  })

function wireFormatsExtension(extensionType: number, wireFormats: Iterable<number>): Extension {
  return reading('a list of wire formats', () => {
    const list = [...wireFormats].map((wireFormat) => checkInteger(wireFormat, 'a wire format', 0, 0xffff))
    return { extensionType, extensionData: encodeWireFormats(list) }
  })
}

function supports({ extensions }: Pick<TsMlsLeafNode, 'extensions'>): boolean {
  if (!extensions) throw invalidInput('the LeafNode has no extensions field')
  return listsTargetedMessages(extensions, SUPPORTED_WIRE_FORMATS)
}

const extensionsOf = (groupContext: GroupContextInput) =>
  (isBytes(groupContext) ? decodeGroupContext(new Uint8Array(groupContext)) : groupContext).extensions

function knownRevision(revision: string): Revision {
  if (isRevision(revision)) return revision
  throw invalidInput(`this library does not know revision ${revision}`)
}

const GROUP_CONTEXT = 'a GroupContext: pass the groupContext of a ClientState, or its bytes'

function reading<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw ownError('invalid-input', `this is not ${what}`, cause)
  }
}
