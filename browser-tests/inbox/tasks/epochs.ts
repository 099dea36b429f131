/** The same in Node and in pages: what a member knows in each epoch of a group. */

import { unhex } from '../../../tests/support/hex.js'
import type { Revision } from '../../tasks/library.js'
import { type Member, type MemberJson, memberFromJson } from '../../tasks/member.js'

/** What the two members of a group know, but for the epoch. */
export type RoomJson = {
  readonly alice: MemberJson
  readonly bob: MemberJson
}

/** The member in an epoch: leaves stay, secrets change. For suites with SHA-256. */
export async function memberAt(
  json: MemberJson,
  epoch: number,
): Promise<Member & { readonly revision: Revision }> {
  const input = new Uint8Array([
    ...unhex(json.exporterSecret),
    ...unhex(epoch.toString(16).padStart(16, '0')),
  ])
  const exporterSecret = new Uint8Array(await crypto.subtle.digest('SHA-256', input))
  return { ...memberFromJson(json), revision: json.revision, epoch: BigInt(epoch), exporterSecret }
}
