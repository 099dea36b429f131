/**
 * ML-KEM with a P curve, of draft-ietf-hpke-pq: neither an engine nor hpke-js has it, so this is what an application's own
 * plug-in could look like. In Node alone, for its SHA-3.
 */

import { createHash } from 'node:crypto'
import { p256, p384 } from '@noble/curves/nist.js'
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import type { HpkeJsKem } from '../../lib/stacks/hpke-js.js'
import { concat, text } from '../oracle/wire.js'
import { randomBytes } from '../support/random-group.js'

type Bytes = Uint8Array<ArrayBuffer>

const parts = {
  'MLKEM768-P256': { id: 0x50, postQuantum: ml_kem768, curve: p256, Nsk: 32, Nseed: 128 },
  'MLKEM1024-P384': { id: 0x51, postQuantum: ml_kem1024, curve: p384, Nsk: 48, Nseed: 48 },
} as const
export type Hybrid = keyof typeof parts

/** A CryptoKey by its interface, as hpke-js has them. */
class RawKey implements CryptoKey {
  readonly algorithm = { name: 'raw' }
  readonly extractable = true
  readonly usages: KeyUsage[] = ['deriveBits']

  constructor(
    readonly type: KeyType,
    readonly raw: Bytes,
  ) {}
}

function rawOf(key: CryptoKey): Bytes {
  if (key instanceof RawKey) return key.raw
  throw new TypeError('a key of another KEM')
}

const sha3 = (...all: readonly Uint8Array[]): Bytes =>
  new Uint8Array(
    createHash('sha3-256')
      .update(concat(...all))
      .digest(),
  )
const shake256 = (seed: Bytes, outputLength: number): Bytes =>
  new Uint8Array(createHash('shake256', { outputLength }).update(seed).digest())

export function hybridKem(name: Hybrid): HpkeJsKem & { publicKeyOf(privateKey: Bytes): Bytes } {
  const { id, postQuantum, curve, Nsk, Nseed } = parts[name]
  const { publicKey: Npk = 0, cipherText: Nct = 0 } = postQuantum.lengths
  const pointLength = 1 + 2 * Nsk

  /** From the seed, which is the private key: the curve's scalar is the first candidate, as all but 2^-32 of them are. */
  function expand(seed: Bytes) {
    const all = shake256(seed, 64 + Nseed)
    const { secretKey, publicKey } = postQuantum.keygen(all.slice(0, 64))
    const scalar = all.slice(64, 64 + Nsk)
    return { secretKey, scalar, point: curve.getPublicKey(scalar, false), publicKey }
  }

  /** C2PRI of draft-irtf-cfrg-hybrid-kems. */
  const combine = (secret: Uint8Array, scalar: Uint8Array, peer: Uint8Array, rest: readonly Uint8Array[]) =>
    sha3(secret, curve.getSharedSecret(scalar, peer).slice(1), ...rest, text(name)).buffer

  const publicKeyOf = (seed: Bytes): Bytes => {
    const { publicKey, point } = expand(seed)
    return concat(publicKey, point)
  }

  return {
    id,
    encSize: Nct + pointLength,
    publicKeySize: Npk + pointLength,
    privateKeySize: 32,
    secretSize: 32,
    publicKeyOf,
    deserializePublicKey: async (raw) => new RawKey('public', new Uint8Array(raw)),
    deserializePrivateKey: async (raw) => new RawKey('private', new Uint8Array(raw)),
    async generateKeyPair() {
      const seed = randomBytes(32)
      return { privateKey: new RawKey('private', seed), publicKey: new RawKey('public', publicKeyOf(seed)) }
    },
    async encap({ recipientPublicKey }) {
      const raw = rawOf(recipientPublicKey)
      const { cipherText, sharedSecret } = postQuantum.encapsulate(raw.slice(0, Npk))
      const { secretKey, publicKey } = curve.keygen()
      const [peer, own] = [raw.slice(Npk), curve.Point.fromBytes(publicKey).toBytes(false)]
      return {
        enc: concat(cipherText, own).buffer,
        sharedSecret: combine(sharedSecret, secretKey, peer, [own, peer]),
      }
    },
    async decap({ recipientKey, enc }) {
      const { secretKey, scalar, point } = expand(rawOf(recipientKey))
      const [cipherText, peer] = [new Uint8Array(enc).slice(0, Nct), new Uint8Array(enc).slice(Nct)]
      return combine(postQuantum.decapsulate(cipherText, secretKey), scalar, peer, [peer, point])
    },
  }
}
