import { type Bytes, isBytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { readVector } from '../tls/vector.js'
import { encode, opaque, struct, uint16 } from '../tls/writer.js'
import { MLS_TARGETED_MESSAGE } from './envelope.js'

/** Extension types of draft-ietf-mls-extensions-09 section 5: in a LeafNode, and in a GroupContext. */
export const SUPPORTED_WIRE_FORMATS = 7
export const REQUIRED_WIRE_FORMATS = 8

/** `WireFormats`, the data of both. */
export const encodeWireFormats = (wireFormats: readonly number[]): Bytes =>
  encode(opaque(struct(...wireFormats.map(uint16))))

/** Throws `malformed`. */
export function decodeWireFormats(data: Bytes): number[] {
  const reader = new Reader(data, 'WireFormats')
  const wireFormats = readVector(reader, 'WireFormats', (item) => item.uint16())
  reader.end()
  return wireFormats
}

/** An extension. An MLS stack may already have decoded its data. */
interface AnyExtension {
  readonly extensionType: unknown
  readonly extensionData: unknown
}

/**
 * Whether an extension of this type lists targeted messages. An extension that cannot be read lists nothing: a member chooses
 * its own leaf, and must not break the group for others.
 */
export const listsTargetedMessages = (extensions: readonly AnyExtension[], type: number): boolean =>
  extensions.some(({ extensionType, extensionData }) => {
    if (extensionType !== type || !isBytes(extensionData)) return false
    try {
      return decodeWireFormats(new Uint8Array(extensionData)).includes(MLS_TARGETED_MESSAGE)
    } catch {
      return false
    }
  })
