import { mlsExporter } from '../oracle/derive.js'
import type { OracleMember } from '../oracle/oracle.js'
import { suiteOf } from '../oracle/suites.js'
import { text } from '../oracle/wire.js'

/** All that must not be readable in what is stored of an epoch, by name. */
export async function secretsOf(
  member: Pick<OracleMember, 'cipherSuite' | 'exporterSecret' | 'self'>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { exporterSecret, self } = member
  const suite = suiteOf(member.cipherSuite)
  const derive = (context: string) =>
    mlsExporter(suite, exporterSecret, 'targeted message', text(context), suite.nh)
  return new Map([
    ['exporter secret', exporterSecret],
    ['PSK', await derive('psk')],
    ['sender auth data secret', await derive('sender auth data secret')],
    ['encryption private key', self.encryptionPrivateKey],
    ['signature private key', self.signaturePrivateKey],
  ])
}
