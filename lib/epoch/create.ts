import { importPsk } from '../crypto/hpke-psk.js'
import { importSecret } from '../crypto/kdf.js'
import { importEncryptionPrivateKey, importSignaturePrivateKey, type PrivateKey } from '../crypto/keys.js'
import { cipherSuite } from '../crypto/suites.js'
import { isSupported } from '../crypto/support.js'
import { fail } from '../errors.js'
import { type Bytes, isBytes } from '../tls/bytes.js'
import { deriveEpochSecrets } from './exporter.js'
import { bindingOf, checkFacts, ownPublicKeys } from './facts.js'
import type { GroupEpochOptions } from './options.js'
import { type EpochState, makeState } from './state.js'
import { checkStorageKey, type SecretBytes, storeSecrets } from './stored-secrets.js'

/** Checks what the application gives, derives what messages need, and forgets the rest. */
export async function createEpochState(options: GroupEpochOptions): Promise<EpochState> {
  const facts = checkFacts(options)
  const { encryptionKey, signatureKey } = ownPublicKeys(facts)
  const { exporter, storageKey, self } = options
  if (storageKey) checkStorageKey(storageKey)
  const suite = cipherSuite(facts.cipherSuite)

  // Copied at once, since the application may wipe its own while keys are imported; all are wiped afterwards.
  const wipe: Bytes[] = []
  const copy = <T>(secret: T): T | Bytes => {
    if (!isBytes(secret)) return secret
    const bytes = new Uint8Array(secret)
    wipe.push(bytes)
    return bytes
  }
  const exporterSecret = copy(options.exporterSecret)
  const encryptionPrivateKey = copy(self.encryptionPrivateKey)
  const signaturePrivateKey = copy(self.signaturePrivateKey)
  const callback = typeof signaturePrivateKey === 'function' ? signaturePrivateKey : undefined
  try {
    if (!(await isSupported(suite))) {
      throw fail('unsupported-cipher-suite', `this engine does not run cipher suite ${suite.id}`)
    }
    // One after another: what one gave is wiped although the next fails.
    const derived = await deriveEpochSecrets(suite, { exporter, exporterSecret })
    wipe.push(derived.psk, derived.senderAuthDataSecret)
    const encryption = await importEncryptionPrivateKey(suite, encryptionPrivateKey, encryptionKey)
    if (encryption.raw) wipe.push(encryption.raw)
    const signature =
      typeof signaturePrivateKey === 'function'
        ? NO_KEY
        : await importSignaturePrivateKey(suite, signaturePrivateKey, signatureKey)
    if (signature.raw) wipe.push(signature.raw)
    const secrets = secretBytes(derived, encryption, signature)
    const [psk, senderAuthDataSecret] = await Promise.all([
      importPsk(suite, derived.psk),
      importSecret(suite.kdf, derived.senderAuthDataSecret),
    ])
    const keys = {
      psk,
      senderAuthDataSecret,
      encryptionPrivateKey: encryption.key,
      signaturePrivateKey: signature.key,
    }
    const stored = await storeSecrets(keys, secrets, storageKey, bindingOf(facts))
    return await makeState(facts, keys, callback, stored)
  } finally {
    for (const bytes of wipe) bytes.fill(0)
  }
}

/** For an application that signs by a callback. */
const NO_KEY = { key: undefined, raw: new Uint8Array() }

/** All secrets as bytes; nothing where a private key does not give its own. */
function secretBytes(
  derived: Pick<SecretBytes, 'psk' | 'senderAuthDataSecret'>,
  { raw: encryptionPrivateKey }: PrivateKey,
  { raw: signaturePrivateKey }: PrivateKey | typeof NO_KEY,
): SecretBytes | undefined {
  if (!encryptionPrivateKey || !signaturePrivateKey) return undefined
  return { ...derived, encryptionPrivateKey, signaturePrivateKey }
}
