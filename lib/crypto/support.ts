import { fail } from '../errors.js'
import { importAeadKey } from './aead.js'
import { generateKeyPair } from './public-keys.js'
import { type CipherSuite, cipherSuites } from './suites.js'

const probed = new Map<number, Promise<boolean>>()

/**
 * The cipher suites (RFC 9420 section 17.1) that this engine runs, in ascending order. A key of each kind is made
 * once; the answer is kept. Throws `unsupported-cipher-suite` on a page that is not a secure context.
 */
export async function supportedCipherSuites(): Promise<number[]> {
  const answers = await Promise.all(cipherSuites.map(isSupported))
  return cipherSuites.filter((_, i) => answers[i]).map(({ id }) => id)
}

/** Throws `unsupported-cipher-suite` where there is no SubtleCrypto at all. */
export function checkSubtleCrypto(): void {
  if (globalThis.crypto?.subtle) return
  throw fail(
    'unsupported-cipher-suite',
    'there is no SubtleCrypto here: browsers have it in a secure context alone, which is https: or localhost',
  )
}

/** Whether this engine runs the suite; tried once. Throws as {@link checkSubtleCrypto} does. */
export function isSupported(suite: CipherSuite): Promise<boolean> {
  checkSubtleCrypto()
  const answer = probed.get(suite.id) ?? probe(suite)
  probed.set(suite.id, answer)
  return answer
}

const probe = ({ kem, aead, signature }: CipherSuite): Promise<boolean> =>
  Promise.all([
    generateKeyPair(kem),
    generateKeyPair(signature),
    importAeadKey(aead, new Uint8Array(aead.Nk), 'encrypt'),
  ]).then(
    () => true,
    () => false,
  )
