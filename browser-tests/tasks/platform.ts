/** What the engine itself does, where engines differ: for the table, nothing of it is promised. */

import { base64url, fromBase64url } from '../../tests/support/base64url.js'
import { unhex } from '../../tests/support/hex.js'
import { cloneFacts } from './clones.js'

type Probe = () => Promise<string> | string

const { subtle } = crypto
const p256 = { name: 'ECDH', namedCurve: 'P-256' }

async function pair(algorithm: AlgorithmIdentifier, usages: KeyUsage[]): Promise<CryptoKeyPair> {
  const made = await subtle.generateKey(algorithm, true, usages)
  if (!('privateKey' in made)) throw new TypeError('no key pair')
  return made
}

/** Two key pairs as JWKs: what one says of its public half, the other denies. */
async function mismatched(algorithm: AlgorithmIdentifier, usage: KeyUsage): Promise<string> {
  const usages: KeyUsage[] = usage === 'sign' ? ['sign', 'verify'] : [usage]
  const [one, other] = [await pair(algorithm, usages), await pair(algorithm, usages)]
  const { d } = await subtle.exportKey('jwk', one.privateKey)
  const jwk = await subtle.exportKey('jwk', other.privateKey)
  await subtle.importKey('jwk', { ...jwk, d: d ?? '' }, algorithm, false, [usage])
  return 'accepted'
}

/** PKCS#8 of P-256 up to the private key, which ends it: RFC 5915 section 3 without the public key. */
const pkcs8Head = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'

async function withoutPublicHalf(): Promise<CryptoKey> {
  const { privateKey } = await pair(p256, ['deriveBits'])
  const { d = '' } = await subtle.exportKey('jwk', privateKey)
  return subtle.importKey('pkcs8', Uint8Array.of(...unhex(pkcs8Head), ...fromBase64url(d)), p256, true, [
    'deriveBits',
  ])
}

/** The compiler knows neither these algorithms nor their usages. */
async function generates(name: string, usages: readonly string[]): Promise<string> {
  try {
    await Reflect.apply(subtle.generateKey, subtle, [{ name }, true, usages])
    return 'yes'
  } catch {
    return 'no'
  }
}

const has = (name: string, where: object = globalThis): string => (name in where ? 'yes' : 'no')

/** The other form of an uncompressed point. */
function compress(point: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = (point.length - 1) / 2
  const y = point[point.length - 1] ?? 0
  return Uint8Array.of(2 + (y & 1), ...point.subarray(1, 1 + length))
}

const probes: Record<string, Probe> = {
  'ChaCha20-Poly1305': () => generates('ChaCha20-Poly1305', ['encrypt']),
  'ML-KEM-768': () => generates('ML-KEM-768', ['encapsulateBits', 'decapsulateBits']),
  'ML-DSA-65': () => generates('ML-DSA-65', ['sign', 'verify']),
  'compressed P-256 point in importKey': async () => {
    const { publicKey } = await pair(p256, ['deriveBits'])
    const raw = new Uint8Array(await subtle.exportKey('raw', publicKey))
    await subtle.importKey('raw', compress(raw), p256, true, [])
    return 'accepted'
  },
  'secret of a P-256 point off the curve': async () => {
    const { privateKey, publicKey } = await pair(p256, ['deriveBits'])
    const raw = new Uint8Array(await subtle.exportKey('raw', publicKey))
    raw[64] = (raw[64] ?? 0) ^ 1
    const off = await subtle.importKey('raw', raw, p256, true, [])
    await subtle.deriveBits({ name: 'ECDH', public: off }, privateKey, 256)
    return 'derived'
  },
  'P-256 JWK with the public half of another key': () => mismatched(p256, 'deriveBits'),
  'X25519 JWK with the public half of another key': () => mismatched({ name: 'X25519' }, 'deriveBits'),
  'Ed25519 JWK with the public half of another key': () => mismatched({ name: 'Ed25519' }, 'sign'),
  'P-256 PKCS#8 without the public half': async () => {
    await withoutPublicHalf()
    return 'accepted'
  },
  'the same, exported as JWK': async () => {
    await subtle.exportKey('jwk', await withoutPublicHalf())
    return 'yes'
  },
  'HKDF info of 2,000 bytes': async () => {
    const key = await subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits'])
    const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new Uint8Array(2_000) }
    await subtle.deriveBits(parameters, key, 256)
    return 'yes'
  },
  'HMAC key of zero bytes': async () => {
    const hmac = { name: 'HMAC', hash: 'SHA-256' }
    await subtle.importKey('raw', new Uint8Array(), hmac, false, ['sign'])
    return 'yes'
  },
  'X25519 with an all-zero public key': async () => {
    const { privateKey } = await pair({ name: 'X25519' }, ['deriveBits'])
    const zero = await subtle.importKey('jwk', zeroJwk, { name: 'X25519' }, true, [])
    await subtle.deriveBits({ name: 'X25519', public: zero }, privateKey, 256)
    return 'accepted'
  },
  SharedWorker: () => has('SharedWorker'),
  'navigator.locks': () => has('locks', navigator),
  BroadcastChannel: () => has('BroadcastChannel'),
  'Trusted Types': () => has('trustedTypes'),
  'navigator.storage.estimate': () => has('estimate', navigator.storage),
}

const zeroJwk = { kty: 'OKP', crv: 'X25519', x: base64url(new Uint8Array(32)) }

/** By feature: what the engine does, or the name of the error that it throws. */
export async function platformFacts(): Promise<Record<string, string>> {
  const facts: Record<string, string> = {}
  for (const [feature, probe] of Object.entries({ ...probes, ...cloneFacts })) {
    try {
      facts[feature] = await probe()
    } catch (error) {
      facts[feature] = error instanceof Error || error instanceof DOMException ? error.name : String(error)
    }
  }
  return facts
}
