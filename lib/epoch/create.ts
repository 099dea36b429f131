import { hashPskId, hpkeInfo } from '../crypto/hpke-psk.js'
import { importEncryptionKeyPair, importSignatureKey, importSigningKey } from '../crypto/keys.js'
import { callbackSigner, keySigner, type Signer } from '../crypto/signature.js'
import { isSupported } from '../crypto/support.js'
import { attempt, TargetedMessageError } from '../errors.js'
import { pskIdFields } from '../targeted/structs.js'
import { type Bytes, isBytes } from '../tls/bytes.js'
import { type CheckedOptions, checkOptions, type GroupEpochOptions, type Self } from './options.js'
import { deriveEpochSecrets } from './secrets.js'
import type { EpochInfo, EpochState } from './state.js'

/** Checks what the application gives, derives what messages need, and forgets the rest. */
export async function createEpochState(options: GroupEpochOptions): Promise<EpochState> {
  const checked = checkOptions(options)
  const secrets = copySecrets(options)
  try {
    return await importState(checked, secrets)
  } finally {
    for (const secret of Object.values(secrets)) if (isBytes(secret)) secret.fill(0)
  }
}

/** Copies at once, since the application may wipe its own while keys are imported; the copies are wiped afterwards. */
function copySecrets({ exporter, exporterSecret, self }: GroupEpochOptions) {
  const copy = <T>(value: T): T | Bytes => (isBytes(value) ? new Uint8Array(value) : value)
  return {
    exporter,
    exporterSecret: copy(exporterSecret),
    encryptionPrivateKey: copy(self.encryptionPrivateKey),
    signaturePrivateKey: copy(self.signaturePrivateKey),
  }
}

async function importState(
  options: CheckedOptions,
  secrets: ReturnType<typeof copySecrets>,
): Promise<EpochState> {
  const { rules, suite, groupId, epoch, members, leafIndex, maxMessageLength } = options
  if (!(await isSupported(suite))) {
    throw new TargetedMessageError(
      'unsupported-cipher-suite',
      `this engine does not run cipher suite ${suite.id}`,
    )
  }
  const [epochSecrets, encryptionKeyPair, signer, info] = await Promise.all([
    deriveEpochSecrets(suite, secrets),
    importEncryptionKeyPair(suite, secrets.encryptionPrivateKey, options.encryptionKey),
    importSigner(options, secrets.signaturePrivateKey),
    hashInfo(options),
  ])
  const keys = { rules, suite, groupId, epoch, ...epochSecrets }
  return { keys, members, leafIndex, encryptionKeyPair, signer, info, maxMessageLength }
}

async function importSigner(
  { suite, signatureKey }: CheckedOptions,
  input: Self['signaturePrivateKey'],
): Promise<Signer> {
  const { signature: scheme } = suite
  if (typeof input !== 'function')
    return keySigner(scheme, await importSigningKey(suite, input, signatureKey))
  const publicKey = await attempt('invalid-input', 'the own signatureKey cannot be imported', () =>
    importSignatureKey(scheme, signatureKey),
  )
  return callbackSigner(scheme, input, publicKey)
}

async function hashInfo({ suite, rules, groupId, epoch, groupContext }: CheckedOptions): Promise<EpochInfo> {
  const pskIdHash = await hashPskId(suite, pskIdFields(groupId, epoch))
  const { info } = rules
  if (info.per === 'pair') return { per: 'pair', pskIdHash, fields: info.fields }
  return { per: 'epoch', info: await hpkeInfo(suite, pskIdHash, info.fields(groupContext)) }
}
