import type { Bytes } from '../../tls/bytes.js'
import { checkLength } from '../check-length.js'
import { withPauses } from '../pauses.js'
import { SeedKeys } from '../seed-keys.js'
import {
  badPublicKey,
  type Decapsulation,
  type Encapsulation,
  type Kem,
  type KemKeyPair,
  type KemPublicKey,
} from './kem.js'

/** RFC 9180 section 7.1 and draft-ietf-hpke-pq-04; lengths in bytes. */
export interface NativeKemParameters {
  readonly id: number
  readonly name: string
  /** Nsk. */
  readonly seedLength: number
  /** Npk. */
  readonly publicKeyLength: number
  /** Nenc. */
  readonly kemOutputLength: number
}

/** A KEM that SubtleCrypto has itself, by its encapsulateBits and decapsulateBits. */
export class NativeKem extends SeedKeys implements Kem<CryptoKey> {
  readonly id: number
  readonly #kemOutputLength: number

  constructor({ id, kemOutputLength, ...lengths }: NativeKemParameters) {
    super({ ...lengths, privateUsage: 'decapsulateBits', publicUsage: 'encapsulateBits' })
    this.id = id
    this.#kemOutputLength = kemOutputLength
  }

  /** Chromium imports a bad encapsulation key, and refuses it only here. */
  async encap(recipient: Promise<KemPublicKey<CryptoKey>>): Promise<Encapsulation> {
    const { key } = await recipient
    const { sharedKey, ciphertext } = await withPauses(() =>
      crypto.subtle.encapsulateBits(this.name, key),
    ).catch(badPublicKey(this.name))
    return { kemOutput: new Uint8Array(ciphertext), sharedSecret: new Uint8Array(sharedKey) }
  }

  async decap({ privateKey }: KemKeyPair<CryptoKey>, kemOutput: Bytes): Promise<Decapsulation> {
    checkLength(kemOutput, this.#kemOutputLength, this.name)
    const decapsulated = withPauses(() => crypto.subtle.decapsulateBits(this.name, privateKey, kemOutput))
    return { sharedSecret: decapsulated.then((secret) => new Uint8Array(secret)) }
  }
}
