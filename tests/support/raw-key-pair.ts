import { fromBase64url } from './base64url.js'
import { persistently } from './persistently.js'

/** A new key pair of a curve: the public key as on the MLS wire, and the scalar or seed. */
export async function rawKeyPair(algorithm: { name: string }, usages: KeyUsage[]) {
  const keys = await persistently(() => crypto.subtle.generateKey(algorithm, true, usages))
  if (!('privateKey' in keys)) throw new Error(`${algorithm.name} has no key pairs`)
  const { d = '' } = await crypto.subtle.exportKey('jwk', keys.privateKey)
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey))
  return { publicKey, privateKey: fromBase64url(d) }
}
