import { fail } from '../errors.js'
import { hasKeys, once } from './probe.js'
import { type CipherSuite, cipherSuites } from './suites.js'

/**
 * The cipher suites (RFC 9420 section 17.1) that this engine runs without a plug-in, in ascending order. A key of each
 * kind is made once; the answer is kept. Throws `unsupported-cipher-suite` on a page that is not a secure context.
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
    'there is no SubtleCrypto here: browsers have it only in a secure context, which is https: or localhost',
  )
}

/** Whether this engine runs the suite; each of its parts is tried once. Throws as {@link checkSubtleCrypto} does. */
export async function isSupported({ kem, aead, signature }: CipherSuite): Promise<boolean> {
  checkSubtleCrypto()
  const answers = await Promise.all([
    hasKeys(kem),
    hasKeys(signature),
    once(aead, () => aead.importKey(new Uint8Array(aead.Nk), 'encrypt')),
  ])
  return answers.every(Boolean)
}
