import type { GroupContext as GroupContext1 } from 'ts-mls'
import { encodeGroupContext } from 'ts-mls/groupContext.js'
import {
  encode,
  type GroupContext as GroupContext2,
  mlsMessageEncoder,
  protocolVersions,
  wireformats,
} from 'ts-mls-2'

/** The GroupContext as ts-mls 1 serializes it. */
export const groupContextBytes1 = (context: GroupContext1): Uint8Array => encodeGroupContext(context)

/**
 * The GroupContext as ts-mls 2 serializes it, which does not export its encoder: the head of a GroupInfo message
 * (RFC 9420 section 12.4.3), after 4 octets of MLSMessage and before 7 of empty fields and the signer.
 */
export function groupContextBytes2(groupContext: GroupContext2): Uint8Array {
  const empty = new Uint8Array()
  const message = encode(mlsMessageEncoder, {
    version: protocolVersions.mls10,
    wireformat: wireformats.mls_group_info,
    groupInfo: { groupContext, extensions: [], confirmationTag: empty, signer: 0, signature: empty },
  })
  return message.slice(4, -7)
}
