import { checkEpoch, checkInteger, checkLeafIndex } from '../check.js'
import { importEncryptionKeyPair, importSigner } from '../crypto/keys.js'
import { importPublicKey } from '../crypto/public-keys.js'
import { callbackSigner, type Signer } from '../crypto/signature.js'
import { type CipherSuite, cipherSuite } from '../crypto/suites.js'
import { isSupported } from '../crypto/support.js'
import { attempt, fail, invalidInput } from '../errors.js'
import { revisions } from '../targeted/revisions.js'
import { type Bytes, copyBytes, isBytes } from '../tls/bytes.js'
import { keyOf, packMembers } from './members.js'
import type { GroupEpochOptions, Self } from './options.js'
import { deriveEpochSecrets } from './secrets.js'
import type { EpochState } from './state.js'

/** Checks what the application gives, derives what messages need, and forgets the rest. */
export async function createEpochState({
  revision = '00',
  maxMessageLength = 16 * 1024 * 1024,
  exporter,
  ...options
}: GroupEpochOptions): Promise<EpochState> {
  if (!Object.hasOwn(revisions, revision))
    throw invalidInput(`revision must be '00', '01' or '02', not ${revision}`)
  const rules = revisions[revision]
  const suite = cipherSuite(options.cipherSuite)
  const groupId = copyBytes(options.groupId, 'groupId')
  const epoch = checkEpoch(options.epoch)
  const groupContext = checkGroupContext(rules.needsGroupContext, options.groupContext)
  checkInteger(maxMessageLength, 'maxMessageLength', 1)
  const members = packMembers(suite, options.members)
  const leafIndex = checkLeafIndex(options.self.leafIndex, 'self.leafIndex')
  const encryptionKey = keyOf(members, members.encryptionKeys, leafIndex)
  const signatureKey = keyOf(members, members.signatureKeys, leafIndex)
  if (!encryptionKey || !signatureKey)
    throw invalidInput(`members lacks leaf ${leafIndex}, which is self.leafIndex`)

  // Copied at once, since the application may wipe its own while keys are imported; wiped afterwards.
  const copies: Bytes[] = []
  const copy = <T>(secret: T): T | Bytes => {
    if (!isBytes(secret)) return secret
    const bytes = new Uint8Array(secret)
    copies.push(bytes)
    return bytes
  }
  const exporterSecret = copy(options.exporterSecret)
  const encryptionPrivateKey = copy(options.self.encryptionPrivateKey)
  const signaturePrivateKey = copy(options.self.signaturePrivateKey)
  try {
    if (!(await isSupported(suite))) {
      throw fail('unsupported-cipher-suite', `this engine does not run cipher suite ${suite.id}`)
    }
    const [secrets, encryptionKeyPair, signer] = await Promise.all([
      deriveEpochSecrets(suite, { exporter, exporterSecret }),
      importEncryptionKeyPair(suite, encryptionPrivateKey, encryptionKey),
      makeSigner(suite, signaturePrivateKey, signatureKey),
    ])
    const keys = { rules, suite, groupId, epoch, ...secrets }
    return { keys, members, leafIndex, encryptionKeyPair, signer, groupContext, maxMessageLength }
  } finally {
    for (const bytes of copies) bytes.fill(0)
  }
}

function checkGroupContext(needed: boolean, groupContext: Uint8Array | undefined): Bytes {
  if (needed && groupContext === undefined) {
    throw invalidInput('revision 00 needs groupContext, the serialized GroupContext')
  }
  return copyBytes((needed && groupContext) || new Uint8Array(), 'groupContext')
}

async function makeSigner(
  { signature }: CipherSuite,
  input: Self['signaturePrivateKey'],
  publicKey: Bytes,
): Promise<Signer> {
  if (typeof input !== 'function') return importSigner(signature, input, publicKey)
  return callbackSigner(
    signature,
    input,
    await attempt('invalid-input', `the own signatureKey is no key of ${signature.curve.crv}`, () =>
      importPublicKey(signature, publicKey),
    ),
  )
}
