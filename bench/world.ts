import type { NativeAead } from '../lib/crypto/aead.js'
import { importSecret, mlsExporter } from '../lib/crypto/kdf.js'
import type { Kem } from '../lib/crypto/kem/kem.js'
import { importKey } from '../lib/crypto/key-form.js'
import type { KeyKind } from '../lib/crypto/key-kind.js'
import type { CurveSignature } from '../lib/crypto/signature/curve-signature.js'
import {
  type CipherSuite,
  type CipherSuiteDescription,
  cipherSuite,
  type Rfc9420Suite,
} from '../lib/crypto/suites.js'
import { rawKeyPair } from '../tests/support/raw-key-pair.js'

export type Bytes = Uint8Array<ArrayBuffer>

export interface WorldMember {
  readonly leafIndex: number
  readonly encryptionKey: Bytes
  readonly encryptionPrivateKey: Bytes
  readonly signatureKey: Bytes
  readonly signaturePrivateKey: Bytes
}

/** A suite with any KEM: all but the KEM is SubtleCrypto's. */
export type WorldSuite = CipherSuite<Kem, CurveSignature, NativeAead>

/** One epoch of a group of two, and the message that all candidates carry from leaf 0 to leaf 1. */
export interface World<S extends WorldSuite = Rfc9420Suite> {
  readonly suite: S
  /** What `GroupEpoch.create` is given for it. */
  readonly cipherSuite: number | CipherSuiteDescription
  readonly groupId: Bytes
  readonly epoch: bigint
  /** As long as the GroupContext of a group without extensions. */
  readonly groupContext: Bytes
  readonly exporterSecret: Bytes
  readonly alice: WorldMember
  readonly bob: WorldMember
  readonly data: Bytes
}

export async function makeWorld(cipherSuiteId: number, dataLength: number): Promise<World> {
  const suite = cipherSuite(cipherSuiteId)
  const [alice, bob] = await Promise.all([makeMember(suite, 0), makeMember(suite, 1)])
  return { suite, cipherSuite: suite.id, alice, bob, ...makeEpoch(suite, dataLength) }
}

/** The part of a world that depends on no key. */
export const makeEpoch = ({ kdf }: WorldSuite, dataLength: number) => ({
  groupId: randomBytes(16),
  epoch: 7n,
  groupContext: randomBytes(96),
  exporterSecret: randomBytes(kdf.Nh),
  data: randomBytes(dataLength),
})

/** What `GroupEpoch.create` takes of a member's view. */
export const viewOf = (world: World<WorldSuite>, self: WorldMember) => ({
  cipherSuite: world.cipherSuite,
  groupId: world.groupId,
  epoch: world.epoch,
  groupContext: world.groupContext,
  exporterSecret: world.exporterSecret,
  members: [world.alice, world.bob],
  self,
})

/** `targeted_message_psk` and `sender_auth_data_secret` (draft sections 4 and 5.3). */
export async function epochSecrets({
  suite,
  exporterSecret,
}: World<WorldSuite>): Promise<{ psk: Bytes; auth: Bytes }> {
  const secret = await importSecret(suite.kdf, exporterSecret)
  const derive = (context: string): Promise<Bytes> =>
    mlsExporter(suite, secret, 'targeted message', new TextEncoder().encode(context), suite.kdf.Nh)
  return { psk: await derive('psk'), auth: await derive('sender auth data secret') }
}

export async function makeMember(suite: Rfc9420Suite, leafIndex: number): Promise<WorldMember> {
  const [encryption, signature] = await Promise.all([
    rawKeyPair(suite.kem.algorithm, ['deriveBits']),
    rawKeyPair(suite.signature.algorithm, ['sign', 'verify']),
  ])
  return {
    leafIndex,
    encryptionKey: encryption.publicKey,
    encryptionPrivateKey: encryption.privateKey,
    signatureKey: signature.publicKey,
    signaturePrivateKey: signature.privateKey,
  }
}

/** The CryptoKey of a raw private key. */
export const privateKey = async (kind: KeyKind, raw: Bytes, publicKey: Bytes): Promise<CryptoKey> =>
  importKey(kind.privateKeyForm, await kind.privateKeyBytes(raw.slice(), publicKey))

/** In chunks, since getRandomValues gives 65,536 bytes at most. */
export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536))
  return bytes
}
