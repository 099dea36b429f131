/**
 * Keys that Firefox can export. hpke-js, under ts-mls, imports a private EC key without its public half; Firefox can
 * not export such a key, and hpke-js then guesses the sign of the public point. So a member of suites 2, 5 and 7 could
 * neither commit nor, half of the time, follow a commit. Here the public half goes in with the private one.
 */

import type { CiphersuiteImpl, PrivateKey, PublicKey } from 'ts-mls'
import { concat, text, uint16 } from '../../oracle/wire.js'
import { base64url } from '../base64url.js'

/** RFC 9180 section 7.1: the KEM's number, Nsk, and the bits of the first byte that DeriveKeyPair keeps. */
const curves = {
  2: { namedCurve: 'P-256', kem: 0x10, length: 32, bitmask: 0xff, noble: 'p256' },
  5: { namedCurve: 'P-521', kem: 0x12, length: 66, bitmask: 0x01, noble: 'p521' },
  7: { namedCurve: 'P-384', kem: 0x11, length: 48, bitmask: 0xff, noble: 'p384' },
} as const

interface KeyPair {
  readonly privateKey: PrivateKey
  readonly publicKey: PublicKey
}

type Curve = (typeof curves)[keyof typeof curves]

const isOfCurve = (suite: number): suite is keyof typeof curves => suite in curves

/** The same implementation of a suite, in either line of ts-mls; as it is where the suite has no such curve. */
export async function withWholeKeys<Stack extends Pick<CiphersuiteImpl, 'hpke' | 'kdf'>>(
  suite: number,
  stack: Stack,
): Promise<Stack> {
  if (!isOfCurve(suite)) return stack
  const curve = curves[suite]
  const { [curve.noble]: noble } = await import('@noble/curves/nist.js')

  const importPair = async (scalar: Uint8Array): Promise<KeyPair> => {
    const padded = new Uint8Array(curve.length)
    padded.set(scalar, curve.length - scalar.length)
    const point = noble.getPublicKey(padded, false)
    const x = base64url(point.subarray(1, 1 + curve.length))
    const y = base64url(point.subarray(1 + curve.length))
    const { namedCurve } = curve
    const jwk = { kty: 'EC', crv: namedCurve, x, y }
    const algorithm = { name: 'ECDH', namedCurve }
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey('jwk', { ...jwk, d: base64url(padded) }, algorithm, true, ['deriveBits']),
      crypto.subtle.importKey('jwk', jwk, algorithm, true, []),
    ])
    if (!isPrivate(privateKey) || !isPublic(publicKey))
      throw new Error('the engine imported another kind of key')
    return { privateKey, publicKey }
  }

  /** RFC 9180 section 7.1.3. */
  const deriveKeyPair = async (ikm: Uint8Array): Promise<KeyPair> => {
    const prk = await stack.kdf.extract(new Uint8Array(), labeled(curve, 'dkp_prk', ikm))
    for (let counter = 0; counter < 256; counter++) {
      const info = labeled(curve, 'candidate', Uint8Array.of(counter))
      const bytes = await stack.kdf.expand(prk, concat(uint16(curve.length), info), curve.length)
      bytes[0] = (bytes[0] ?? 0) & curve.bitmask
      if (noble.utils.isValidSecretKey(bytes)) return importPair(bytes)
    }
    throw new Error('DeriveKeyPair found no key')
  }

  const importPrivateKey = async (scalar: Uint8Array): Promise<PrivateKey> =>
    (await importPair(scalar)).privateKey
  return { ...stack, hpke: { ...stack.hpke, importPrivateKey, deriveKeyPair } }
}

const isPrivate = (key: CryptoKey): key is PrivateKey => key.type === 'private'
const isPublic = (key: CryptoKey): key is PublicKey => key.type === 'public'

/** RFC 9180 section 4: what LabeledExtract and LabeledExpand put around their input. */
const labeled = ({ kem }: Curve, label: string, input: Uint8Array): Uint8Array =>
  concat(text('HPKE-v1'), text('KEM'), uint16(kem), text(label), input)
