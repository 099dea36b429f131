import type { Rfc9420Suite } from '../../lib/crypto/suites.js'
import { fromBase64url } from './base64url.js'
import { persistently } from './persistently.js'

type Bytes = Uint8Array<ArrayBuffer>

/** A key pair that the engine made, in every form that the library takes. */
export interface KeyPairForms {
  /** As on the MLS wire. */
  readonly publicKey: Bytes
  readonly raw: Bytes
  /** As the engine exports it. */
  readonly pkcs8: Bytes
  readonly extractable: CryptoKey
  readonly nonExtractable: CryptoKey
  /** The public half as a CryptoKey. */
  readonly publicCryptoKey: CryptoKey
}

export const encryptionKeyPair = ({ kem }: Rfc9420Suite): Promise<KeyPairForms> =>
  keyPair(kem.algorithm, ['deriveBits'])

export const signatureKeyPair = ({ signature }: Rfc9420Suite): Promise<KeyPairForms> =>
  keyPair(signature.algorithm, ['sign', 'verify'])

async function keyPair(
  algorithm: EcKeyImportParams | { readonly name: string },
  usages: KeyUsage[],
): Promise<KeyPairForms> {
  const { subtle } = crypto
  const made = await persistently(() => subtle.generateKey(algorithm, true, usages))
  if (!('privateKey' in made)) throw new Error(`${algorithm.name} has no key pairs`)
  const { privateKey, publicKey } = made
  const { d } = await subtle.exportKey('jwk', privateKey)
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', privateKey))
  return {
    publicKey: new Uint8Array(await subtle.exportKey('raw', publicKey)),
    raw: fromBase64url(d ?? ''),
    pkcs8,
    extractable: privateKey,
    nonExtractable: await subtle.importKey('pkcs8', pkcs8, algorithm, false, privateKey.usages),
    publicCryptoKey: publicKey,
  }
}
