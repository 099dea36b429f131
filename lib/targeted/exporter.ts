import type { CipherSuite } from '../crypto/suites.js'
import type { Bytes } from '../tls/bytes.js'
import { ascii, encode } from '../tls/writer.js'

/** The two secrets of an epoch, as bytes. Import them, then overwrite them. */
export interface ExportedSecrets {
  /** `targeted_message_psk`, draft section 4: KDF.Nh bytes. */
  readonly psk: Bytes
  /** `sender_auth_data_secret`, section 5.3: KDF.Nh bytes. */
  readonly senderAuthDataSecret: Bytes
}

/** `MLS-Exporter(Label, Context, Length)`, RFC 9420 section 8.5. */
type Export = (label: string, context: Bytes, length: number) => Promise<Bytes>

const LABEL = 'targeted message'

/** Exports both from the group's key schedule. */
export async function exportSecrets({ kdf }: CipherSuite, mlsExporter: Export): Promise<ExportedSecrets> {
  const [psk, senderAuthDataSecret] = await Promise.all([
    mlsExporter(LABEL, encode(ascii('psk')), kdf.Nh),
    mlsExporter(LABEL, encode(ascii('sender auth data secret')), kdf.Nh),
  ])
  return { psk, senderAuthDataSecret }
}
