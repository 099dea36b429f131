import { type Bytes, isBytes } from '../tls/bytes.js'
import { base64url } from './base64url.js'
import { checkLength } from './check-length.js'
import type { NativeForm } from './key-form.js'
import type { KeyKind } from './key-kind.js'
import { withPauses } from './pauses.js'
import { hasKeys } from './probe.js'

/** SubtleCrypto's names of the algorithm and of the usages of both halves, and the lengths in bytes. */
export interface SeedAlgorithm {
  readonly name: string
  readonly privateUsage: string
  readonly publicUsage: string
  readonly seedLength: number
  readonly publicKeyLength: number
}

/** Key pairs of SubtleCrypto whose private half is a seed: ML-KEM, X-Wing and ML-DSA. */
export class SeedKeys implements KeyKind<CryptoKey> {
  readonly name: string
  readonly publicKeyLength: number
  readonly privateKeyInput: string
  readonly privateKeyForm: NativeForm
  readonly #algorithm: SeedAlgorithm

  constructor(algorithm: SeedAlgorithm) {
    const { name, publicKeyLength, seedLength, privateUsage } = algorithm
    this.name = name
    this.publicKeyLength = publicKeyLength
    this.privateKeyInput = `the seed of ${name}, ${seedLength} bytes, or a CryptoKey with the usage ${privateUsage}`
    this.privateKeyForm = { format: 'jwk', algorithm: { name }, usages: [privateUsage] }
    this.#algorithm = algorithm
  }

  async importPublicKey(raw: Bytes): Promise<CryptoKey> {
    checkLength(raw, this.publicKeyLength, this.name)
    return crypto.subtle.importKey('raw-public', raw, this.name, true, [this.#algorithm.publicUsage])
  }

  /** The JSON of a JWK; the public half comes from the own leaf. */
  async privateKeyBytes(given: Bytes | CryptoKey, publicKey: Bytes): Promise<Bytes> {
    const { name } = this
    const seed = isBytes(given) ? given : new Uint8Array(await crypto.subtle.exportKey('raw-seed', given))
    checkLength(seed, this.#algorithm.seedLength, name)
    const jwk = { kty: 'AKP', alg: name, pub: base64url(publicKey), priv: base64url(seed) }
    seed.fill(0)
    return new TextEncoder().encode(JSON.stringify(jwk))
  }

  generateKeyPair(): Promise<CryptoKeyPair> {
    const { name, privateUsage, publicUsage } = this.#algorithm
    return withPauses(() => crypto.subtle.generateKey(name, false, [privateUsage, publicUsage]))
  }

  /** Whether this engine's SubtleCrypto has the algorithm: a key pair is made once, and the answer kept. */
  isSupported(): Promise<boolean> {
    return hasKeys(this)
  }
}
