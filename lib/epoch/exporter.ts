import { importSecret, mlsExporter } from '../crypto/kdf.js'
import type { CipherSuite } from '../crypto/suites.js'
import { attempt, invalidInput } from '../errors.js'
import { ascii, type Bytes, copyBytes } from '../tls/bytes.js'
import type { SecretBytes } from './stored-secrets.js'

/** `MLS-Exporter(Label, Context, Length)` of the application's MLS stack (RFC 9420 section 8.5). */
export type Exporter = (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>

/** Where an epoch's secrets come from: one of the two. */
export interface ExporterInput {
  /** The epoch's `exporter_secret`, KDF.Nh bytes. */
  readonly exporterSecret?: Uint8Array | undefined
  /** The exporter of the application's MLS stack. */
  readonly exporter?: Exporter | undefined
}

/** `targeted_message_psk` (draft section 4) and `sender_auth_data_secret` (section 5.3), KDF.Nh bytes each. */
export async function deriveEpochSecrets(
  suite: CipherSuite,
  input: ExporterInput,
): Promise<Pick<SecretBytes, 'psk' | 'senderAuthDataSecret'>> {
  const { Nh } = suite.kdf
  const derive = await exporterOf(suite, input)
  const [psk, senderAuthDataSecret] = await Promise.all([
    derive('targeted message', ascii('psk'), Nh),
    derive('targeted message', ascii('sender auth data secret'), Nh),
  ])
  return { psk, senderAuthDataSecret }
}

async function exporterOf(suite: CipherSuite, { exporterSecret, exporter }: ExporterInput) {
  if ((exporterSecret === undefined) === (exporter === undefined)) {
    throw invalidInput('either exporterSecret or exporter must be given')
  }
  if (exporter) {
    return (label: string, context: Bytes, length: number): Promise<Bytes> =>
      attempt('invalid-input', 'the exporter callback failed', async () =>
        copyBytes(await exporter(label, context, length), 'the result of the exporter callback', length),
      )
  }
  const bytes = copyBytes(exporterSecret, 'exporterSecret', suite.kdf.Nh)
  const secret = await importSecret(suite.kdf, bytes)
  bytes.fill(0)
  return (label: string, context: Bytes, length: number): Promise<Bytes> =>
    mlsExporter(suite, secret, label, context, length)
}
