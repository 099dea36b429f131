/**
 * Two faults of engines that ts-mls and hpke-js do not make up for, repaired while a group is made. Our library runs
 * on the engine as it is. One action at a time.
 */

import { p256, p384, p521 } from '@noble/curves/nist.js'
import { base64url } from './base64url.js'
import { withSubtle } from './with-subtle.js'

export const withRepairedEngine = <Result>(action: () => Promise<Result>): Promise<Result> =>
  withSubtle('generateKey', again, () => withSubtle('importKey', withPublicHalf, action))

/** WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. */
async function again<Key>(generate: () => Promise<Key>): Promise<Key> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await generate()
    } catch (error) {
      if (failures === 5) throw error
    }
  }
}

const curves = {
  'P-256': { curve: p256, length: 32 },
  'P-384': { curve: p384, length: 48 },
  'P-521': { curve: p521, length: 66 },
} as const

/**
 * Firefox does not export as JWK an EC key that came as PKCS#8 without its public half, as hpke-js writes it. hpke-js
 * then works the public key out without the sign of y, and every other key is wrong.
 */
async function withPublicHalf(real: () => Promise<unknown>, args: readonly unknown[]): Promise<unknown> {
  const [format, data, algorithm, extractable, usages] = args
  const name = ecdhCurve(algorithm)
  if (format !== 'pkcs8' || name === undefined || !(data instanceof Uint8Array)) return real()
  const { curve, length } = curves[name]
  const scalar = data.slice(-length)
  const point = curve.getPublicKey(scalar, false)
  const jwk = {
    kty: 'EC',
    crv: name,
    d: base64url(scalar),
    x: base64url(point.subarray(1, 1 + length)),
    y: base64url(point.subarray(1 + length)),
  }
  if (typeof extractable !== 'boolean' || !Array.isArray(usages)) return real()
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: name }, extractable, usages)
}

function ecdhCurve(algorithm: unknown): keyof typeof curves | undefined {
  if (typeof algorithm !== 'object' || algorithm === null) return undefined
  if (!('name' in algorithm && algorithm.name === 'ECDH' && 'namedCurve' in algorithm)) return undefined
  const { namedCurve } = algorithm
  return namedCurve === 'P-256' || namedCurve === 'P-384' || namedCurve === 'P-521' ? namedCurve : undefined
}
