import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { encode, opaque, uint16, uint64 } from '../tls/writer.js'
import { MLS10 } from './envelope.js'
import { type Extension, extensionsField, readExtensions } from './extensions.js'

/** `GroupContext`, RFC 9420 section 8.1. */
export interface GroupContext {
  readonly cipherSuite: number
  readonly groupId: Uint8Array
  readonly epoch: bigint
  readonly treeHash: Uint8Array
  readonly confirmedTranscriptHash: Uint8Array
  readonly extensions: readonly Extension[]
}

export const encodeGroupContext = (context: GroupContext): Bytes =>
  encode(
    uint16(MLS10),
    uint16(context.cipherSuite),
    opaque(context.groupId),
    uint64(context.epoch),
    opaque(context.treeHash),
    opaque(context.confirmedTranscriptHash),
    extensionsField(context.extensions),
  )

/** Returns views, not copies. Throws `malformed`. */
export function decodeGroupContext(bytes: Bytes): GroupContext {
  const reader = new Reader(bytes, 'GroupContext')
  const version = reader.uint16()
  if (version !== MLS10) throw reader.malformed(`protocol version ${version} is not mls10`)
  const context = {
    cipherSuite: reader.uint16(),
    groupId: reader.opaque(),
    epoch: reader.uint64(),
    treeHash: reader.opaque(),
    confirmedTranscriptHash: reader.opaque(),
    extensions: readExtensions(reader, 'GroupContext'),
  }
  reader.end()
  return context
}
