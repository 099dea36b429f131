import { base64url } from './base64url.js'
import { encryptionAlgorithm, type RandomGroup, signatureAlgorithm } from './random-group.js'

/** The private key of a leaf as a CryptoKey, by JWK, which every engine imports. */
function cryptoKey(
  algorithm: { name: string; namedCurve?: string },
  publicKey: Uint8Array,
  privateKey: Uint8Array,
  usage: KeyUsage,
  extractable = false,
): Promise<CryptoKey> {
  const half = (publicKey.length - 1) / 2
  const common = { crv: algorithm.namedCurve ?? algorithm.name, d: base64url(privateKey) }
  const jwk = algorithm.namedCurve
    ? {
        ...common,
        kty: 'EC',
        x: base64url(publicKey.slice(1, 1 + half)),
        y: base64url(publicKey.slice(1 + half)),
      }
    : { ...common, kty: 'OKP', x: base64url(publicKey) }
  return crypto.subtle.importKey('jwk', jwk, algorithm, extractable, [usage])
}

/** A member's encryption key and signature key as CryptoKeys. */
export function cryptoKeysOf(group: RandomGroup, leafIndex: number, extractable: boolean) {
  const { cipherSuite, members } = group.as(leafIndex)
  const { encryptionPrivateKey, signaturePrivateKey } = group.as(leafIndex).self
  const leaf = members.find((member) => member.leafIndex === leafIndex)
  if (leaf === undefined) throw new Error('no such leaf')
  const [kem, scheme] = [encryptionAlgorithm(cipherSuite), signatureAlgorithm(cipherSuite)]
  return Promise.all([
    cryptoKey(kem, leaf.encryptionKey, encryptionPrivateKey, 'deriveBits', extractable),
    cryptoKey(scheme, leaf.signatureKey, signaturePrivateKey, 'sign', extractable),
  ])
}
