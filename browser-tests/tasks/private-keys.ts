/** Private keys in all the forms that an application may have them in, right and wrong ones. */

import { base64url } from '../../tests/support/base64url.js'
import { unhex } from '../../tests/support/hex.js'
import type { PairJson } from './epochs.js'
import { codeOf, type Library } from './library.js'
import { type Member, type MemberJson, memberFromJson } from './member.js'

/** PKCS#8 up to the private key, which ends it: RFC 8410 section 7, and RFC 5915 section 3 without the public key. */
const pkcs8Heads = {
  X25519: '302e020100300506032b656e04220420',
  Ed25519: '302e020100300506032b657004220420',
  'P-256': '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  'P-384': '304e020100301006072a8648ce3d020106052b81040022043730350201010430',
  'P-521': '3060020100301006072a8648ce3d020106052b81040023044930470201010442',
}

type CurveName = keyof typeof pkcs8Heads

export const pkcs8 = (curve: CurveName, key: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(...unhex(pkcs8Heads[curve]), ...key)

const curves: Record<number, { encryption: CurveName; signature: CurveName }> = {
  1: { encryption: 'X25519', signature: 'Ed25519' },
  2: { encryption: 'P-256', signature: 'P-256' },
  5: { encryption: 'P-521', signature: 'P-521' },
  7: { encryption: 'P-384', signature: 'P-384' },
}

/** How the library takes each form of the member's own keys. */
export async function createWithForms(library: Library, json: MemberJson): Promise<Record<string, string>> {
  const member = memberFromJson(json)
  const { leafIndex, encryptionPrivateKey: encryptionKey, signaturePrivateKey: signatureKey } = member.self
  const own = member.members.find((other) => other.leafIndex === leafIndex)
  const curve = curves[member.cipherSuite]
  if (own === undefined || curve === undefined) throw new Error('not a member of a promised suite')

  const create = (
    encryptionPrivateKey: Uint8Array | CryptoKey,
    signaturePrivateKey: Uint8Array | CryptoKey,
  ) =>
    codeOf(library, () =>
      library.GroupEpoch.create({
        ...member,
        self: { leafIndex, encryptionPrivateKey, signaturePrivateKey },
      }),
    )
  const createWithCryptoKeys = async (extractable: boolean): Promise<string> =>
    create(
      await cryptoKey(curve.encryption, encryptionKey, own.encryptionKey, [
        'ECDH',
        'deriveBits',
        extractable,
      ]),
      await cryptoKey(curve.signature, signatureKey, own.signatureKey, ['ECDSA', 'sign', extractable]),
    )
  return {
    raw: await create(encryptionKey, signatureKey),
    'PKCS#8 without the public half': await create(
      pkcs8(curve.encryption, encryptionKey),
      pkcs8(curve.signature, signatureKey),
    ),
    'extractable CryptoKey': await createWithCryptoKeys(true),
    CryptoKey: await createWithCryptoKeys(false),
  }
}

function cryptoKey(
  crv: CurveName,
  key: Uint8Array,
  publicKey: Uint8Array,
  [ecName, usage, extractable]: ['ECDH' | 'ECDSA', KeyUsage, boolean],
): Promise<CryptoKey> {
  const d = base64url(key)
  const x = base64url(publicKey.slice(1, 1 + key.length))
  const y = base64url(publicKey.slice(1 + key.length))
  return crv.startsWith('P-')
    ? crypto.subtle.importKey(
        'jwk',
        { kty: 'EC', crv, d, x, y },
        { name: ecName, namedCurve: crv },
        extractable,
        [usage],
      )
    : crypto.subtle.importKey(
        'jwk',
        { kty: 'OKP', crv, d, x: base64url(publicKey) },
        { name: crv },
        extractable,
        [usage],
      )
}

/** How the library takes each of the other member's private keys. */
export async function createWithForeignKeys(
  library: Library,
  pair: PairJson,
): Promise<Record<string, string>> {
  const alice = memberFromJson(pair.alice)
  const bob = memberFromJson(pair.bob)
  const create = (self: Partial<Member['self']>) =>
    codeOf(library, () => library.GroupEpoch.create({ ...alice, self: { ...alice.self, ...self } }))
  return {
    encryption: await create({ encryptionPrivateKey: bob.self.encryptionPrivateKey }),
    signature: await create({ signaturePrivateKey: bob.self.signaturePrivateKey }),
  }
}
