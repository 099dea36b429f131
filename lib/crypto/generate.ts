/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
const ATTEMPTS = 4

/** A new key pair whose private half is not extractable. */
export async function generateKeyPair(
  algorithm: EcKeyGenParams | { readonly name: string },
  usages: KeyUsage[],
): Promise<CryptoKeyPair> {
  for (let attempt = 1; ; attempt++) {
    try {
      const keys = await crypto.subtle.generateKey(algorithm, false, usages)
      if ('privateKey' in keys) return keys
      throw new TypeError(`${algorithm.name} has no key pairs`)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}
