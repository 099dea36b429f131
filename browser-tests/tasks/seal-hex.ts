import { hex, unhex } from '../../tests/support/hex.js'
import type { Library } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

export type HexMessage = {
  readonly sender: MemberJson
  readonly recipientLeafIndex: number
  readonly applicationData: string
  readonly authenticatedData: string
}

/** A message sealed here, in hex. */
export async function sealHex(library: Library, message: HexMessage): Promise<string> {
  const epoch = await library.GroupEpoch.create(memberFromJson(message.sender))
  const sealed = await epoch.seal({
    recipientLeafIndex: message.recipientLeafIndex,
    applicationData: unhex(message.applicationData),
    authenticatedData: unhex(message.authenticatedData),
  })
  return hex(sealed)
}
