import { importPsk } from '../crypto/hpke-psk.js'
import { importSecret, mlsExporter } from '../crypto/kdf.js'
import type { CipherSuite } from '../crypto/suites.js'
import { attempt, invalidInput } from '../errors.js'
import { ascii, type Bytes, copyBytes } from '../tls/bytes.js'

/** `MLS-Exporter(Label, Context, Length)` of the application's MLS stack (RFC 9420 section 8.5). */
export type Exporter = (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>

/** Where an epoch's secrets come from: one of the two. */
export interface ExporterInput {
  /** The epoch's `exporter_secret`, KDF.Nh bytes. */
  readonly exporterSecret?: Uint8Array | undefined
  /** The exporter of the application's MLS stack. */
  readonly exporter?: Exporter | undefined
}

export interface EpochSecrets {
  readonly psk: CryptoKey
  readonly senderAuthDataSecret: CryptoKey
}

/** Derives both secrets of the draft and forgets their bytes. */
export async function deriveEpochSecrets(suite: CipherSuite, input: ExporterInput): Promise<EpochSecrets> {
  const { Nh } = suite.kdf
  const derive = await exporterOf(suite, input)
  const [psk, senderAuthDataSecret] = await Promise.all([
    derive('targeted message', ascii('psk'), Nh), // draft section 4
    derive('targeted message', ascii('sender auth data secret'), Nh), // section 5.3
  ])
  const [pskKey, senderAuthDataKey] = await Promise.all([
    importPsk(suite, psk),
    importSecret(suite.kdf, senderAuthDataSecret),
  ])
  psk.fill(0)
  senderAuthDataSecret.fill(0)
  return { psk: pskKey, senderAuthDataSecret: senderAuthDataKey }
}

async function exporterOf(suite: CipherSuite, { exporterSecret, exporter }: ExporterInput) {
  if ((exporterSecret === undefined) === (exporter === undefined)) {
    throw invalidInput('either exporterSecret or exporter must be given')
  }
  if (exporter) {
    return (label: string, context: Bytes, length: number): Promise<Bytes> =>
      attempt('invalid-input', 'the exporter callback failed', async () =>
        copyBytes(await exporter(label, context, length), 'its result', length),
      )
  }
  const secret = await importSecret(suite.kdf, copyBytes(exporterSecret, 'exporterSecret', suite.kdf.Nh))
  return (label: string, context: Bytes, length: number): Promise<Bytes> =>
    mlsExporter(suite, secret, label, context, length)
}
