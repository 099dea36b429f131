import type { Bytes } from '../tls/bytes.js'
import { encode, opaque, struct, uint16, uint64 } from '../tls/writer.js'
import { MLS10 } from './envelope.js'

/** `GroupContext`, RFC 9420 section 8.1. */
export interface GroupContext {
  readonly cipherSuite: number
  readonly groupId: Uint8Array
  readonly epoch: bigint
  readonly treeHash: Uint8Array
  readonly confirmedTranscriptHash: Uint8Array
  readonly extensions: readonly Extension[]
}

/** `Extension`, RFC 9420 section 13. */
export interface Extension {
  readonly extensionType: number
  readonly extensionData: Uint8Array
}

export function encodeGroupContext(context: GroupContext): Bytes {
  const extensions = context.extensions.map(({ extensionType, extensionData }) =>
    struct(uint16(extensionType), opaque(extensionData)),
  )
  return encode(
    uint16(MLS10),
    uint16(context.cipherSuite),
    opaque(context.groupId),
    uint64(context.epoch),
    opaque(context.treeHash),
    opaque(context.confirmedTranscriptHash),
    opaque(struct(...extensions)),
  )
}
