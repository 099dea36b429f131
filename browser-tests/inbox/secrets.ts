/** What must not lie on a disk. */

import { secretsOf } from '../../tests/support/secrets.js'
import { memberAt, type RoomJson } from './tasks/epochs.js'

/** All secrets of Bob in an epoch, by name. */
export const secretsOfBob = async (
  { bob }: RoomJson,
  epoch: number,
): Promise<ReadonlyMap<string, Uint8Array>> => secretsOf(await memberAt(bob, epoch))

/** What the record does have in the clear: a scan that does not find this looks in the wrong place. */
export async function publicPartOf({ alice }: RoomJson): Promise<Uint8Array> {
  const { members } = await memberAt(alice, 1)
  // The first byte says that it is a point, and 32 are the key or a half of it.
  return members[0]?.encryptionKey.slice(-32) ?? new Uint8Array()
}
