import { checkLeafIndex } from '../check-argument.js'
import { pskForm, pskInput } from '../crypto/hpke-psk.js'
import { secretForm } from '../crypto/kdf.js'
import { importKey } from '../crypto/key-form.js'
import { importEncryptionPrivateKey, importSignaturePrivateKey } from '../crypto/private-keys.js'
import { cipherSuite } from '../crypto/suites.js'
import { isSupported } from '../crypto/support.js'
import { fail } from '../errors.js'
import { type Bytes, isBytes } from '../tls/bytes.js'
import { Epoch } from './epoch.js'
import { deriveEpochSecrets } from './exporter.js'
import { packMembers } from './members.js'
import { DEFAULT_MAX_MESSAGE_LENGTH } from './message-length.js'
import type { GroupEpochOptions } from './options.js'
import { checkPublicState, ownPublicKeys } from './public-state.js'
import { checkStorageKey } from './secrets.js'
import { storeSecrets } from './store-secrets.js'

/** Checks what the application gives, derives what messages need, and forgets the rest. */
export async function createEpoch(options: GroupEpochOptions): Promise<Epoch> {
  const {
    revision = '00',
    maxMessageLength = DEFAULT_MAX_MESSAGE_LENGTH,
    exporter,
    storageKey,
    self,
  } = options
  const suite = cipherSuite(options.cipherSuite)
  const members = packMembers(suite, options.members)
  const state = checkPublicState(suite, {
    ...options,
    revision,
    maxMessageLength,
    members,
    leafIndex: checkLeafIndex(self.leafIndex, 'self.leafIndex'),
  })
  const { encryptionKey, signatureKey } = ownPublicKeys(state)
  if (storageKey)
    checkStorageKey(
      storageKey,
      typeof self.signaturePrivateKey === 'function' ? [suite.kem] : [suite.kem, suite.signature],
    )

  // Copied at once, because the application may overwrite its own while keys are imported. All copies are wiped in the end.
  const wipe: Bytes[] = []
  const copy = <T>(secret: T | Uint8Array): T | Bytes => {
    if (!isBytes(secret)) return secret
    const bytes = new Uint8Array(secret)
    wipe.push(bytes)
    return bytes
  }
  const exporterSecret = copy(options.exporterSecret)
  const encryptionPrivateKey = copy(self.encryptionPrivateKey)
  const signaturePrivateKey = copy(self.signaturePrivateKey)
  try {
    if (!(await isSupported(suite))) {
      throw fail('unsupported-cipher-suite', `this engine does not run cipher suite ${suite.id}`)
    }
    // One after another, so that what one gives is wiped even if the next one fails.
    const exported = await deriveEpochSecrets(suite, { exporter, exporterSecret })
    const psk = pskInput(suite, exported.psk)
    wipe.push(exported.psk, psk, exported.senderAuthDataSecret)
    const encryption = await importEncryptionPrivateKey(suite, encryptionPrivateKey, encryptionKey)
    if (encryption.bytes) wipe.push(encryption.bytes)
    const callback = typeof signaturePrivateKey === 'function' ? signaturePrivateKey : undefined
    const signature =
      typeof signaturePrivateKey === 'function'
        ? undefined
        : await importSignaturePrivateKey(suite, signaturePrivateKey, signatureKey)
    if (signature?.bytes) wipe.push(signature.bytes)
    const [pskKey, senderAuthDataKey] = await Promise.all([
      importKey(pskForm, psk),
      importKey(secretForm(suite.kdf), exported.senderAuthDataSecret),
    ])
    const secrets = await storeSecrets({ suite, state }, storageKey, {
      psk: { key: pskKey, bytes: psk },
      senderAuthDataSecret: { key: senderAuthDataKey, bytes: exported.senderAuthDataSecret },
      encryptionPrivateKey: encryption,
      signaturePrivateKey: signature,
    })
    return await Epoch.of({ suite, state, secrets, callback })
  } finally {
    for (const bytes of wipe) bytes.fill(0)
  }
}
