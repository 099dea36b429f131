import { importSecret, mlsExporter } from '../crypto/kdf.js'
import type { CipherSuite } from '../crypto/suites.js'
import { attempt, invalidInput } from '../errors.js'
import { type ExportedSecrets, exportSecrets } from '../targeted/exporter.js'
import { copyBytes } from '../tls/bytes.js'

/** `MLS-Exporter(Label, Context, Length)` of the application's MLS stack (RFC 9420 section 8.5). */
export type Exporter = (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>

/** Where an epoch's secrets come from: one of the two. */
export interface ExporterInput {
  /** The epoch's `exporter_secret`, KDF.Nh bytes. */
  readonly exporterSecret?: Uint8Array | undefined
  /** The exporter of the application's MLS stack. */
  readonly exporter?: Exporter | undefined
}

/** The epoch's two secrets. Throws `invalid-input` unless exactly one source is given and it works. */
export async function deriveEpochSecrets(
  suite: CipherSuite,
  { exporterSecret, exporter }: ExporterInput,
): Promise<ExportedSecrets> {
  if ((exporterSecret === undefined) === (exporter === undefined)) {
    throw invalidInput('give one of exporterSecret and exporter, and not both')
  }
  if (exporter) {
    return exportSecrets(suite, (label, context, length) =>
      attempt('invalid-input', 'the exporter callback failed', async () =>
        copyBytes(await exporter(label, context, length), 'the result of the exporter callback', length),
      ),
    )
  }
  const bytes = copyBytes(exporterSecret, 'exporterSecret', suite.kdf.Nh)
  const secret = await importSecret(suite.kdf, bytes).finally(() => bytes.fill(0))
  return exportSecrets(suite, (label, context, length) => mlsExporter(suite, secret, label, context, length))
}
