/** What must not lie on a disk. */

import { mlsExporter } from '../../tests/oracle/derive.js'
import { suiteOf } from '../../tests/oracle/suites.js'
import { memberAt, type RoomJson } from './tasks/epochs.js'

/** All secrets of Bob in an epoch, by name. */
export async function secretsOf({ bob }: RoomJson, epoch: number): Promise<Map<string, Uint8Array>> {
  const { cipherSuite, exporterSecret, self } = await memberAt(bob, epoch)
  const suite = suiteOf(cipherSuite)
  const derive = (context: string): Promise<Uint8Array> =>
    mlsExporter(suite, exporterSecret, 'targeted message', new TextEncoder().encode(context), suite.nh)
  return new Map([
    ['exporter secret', exporterSecret],
    ['PSK', await derive('psk')],
    ['sender auth data secret', await derive('sender auth data secret')],
    ['encryption private key', self.encryptionPrivateKey],
    ['signature private key', self.signaturePrivateKey],
  ])
}

/** What the record does have in the clear: a scan that does not find this looks in the wrong place. */
export async function publicPartOf({ alice }: RoomJson): Promise<Uint8Array> {
  const { members } = await memberAt(alice, 1)
  // The first byte says that it is a point, and 32 are the key or a half of it.
  return members[0]?.encryptionKey.slice(-32) ?? new Uint8Array()
}
