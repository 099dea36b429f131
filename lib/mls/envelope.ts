import type { Reader } from '../tls/reader.js'
import { type Field, struct, uint16 } from '../tls/writer.js'

/** `ProtocolVersion` mls10, RFC 9420 section 6. */
export const MLS10 = 1

/** `WireFormat` mls_targeted_message: the draft only suggests this number, but every implementation uses it. */
export const MLS_TARGETED_MESSAGE = 6

/** The head of an MLSMessage (RFC 9420 section 6) that carries a TargetedMessage. */
export const envelope: Field = /* @__PURE__ */ struct(uint16(MLS10), uint16(MLS_TARGETED_MESSAGE))

/** Reads the head of an MLSMessage; refuses every version and wire format but those of a TargetedMessage. */
export function readEnvelope(reader: Reader): void {
  const version = reader.uint16()
  if (version !== MLS10) throw reader.malformed(`protocol version ${version} is not mls10`)
  const wireFormat = reader.uint16()
  if (wireFormat !== MLS_TARGETED_MESSAGE) {
    throw reader.malformed(`wire format ${wireFormat} is not mls_targeted_message`)
  }
}
