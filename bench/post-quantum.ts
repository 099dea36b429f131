/** X-Wing and ML-KEM-768, natively and with hpke-js: the same in Node and in a page. */

import { Aes256Gcm, CipherSuite, HkdfSha512 } from '@hpke/core'
import { XWing } from '@hpke/hybridkem-x-wing'
import { MlKem768 } from '@hpke/ml-kem'
import { hpkeKem } from 'mls-targeted-messages/hpke-js'
import { cipherSuite, mlkem768, mlkem768x25519 } from 'mls-targeted-messages/post-quantum'
import { aes256 } from '../lib/crypto/aead.js'
import { ed25519 } from '../lib/crypto/curves.js'
import { curveSignature } from '../lib/crypto/signature/curve-signature.js'
import { rawKeyPair } from '../tests/support/raw-key-pair.js'
import type { Candidate } from './candidate.js'
import { floorOf, type KemSteps } from './floor.js'
import { composedOn } from './hpke-js.js'
import { compare, DATA_LENGTH, type MeasureOptions } from './measure.js'
import { ours } from './ours.js'
import type { Row } from './results.js'
import { newGroup } from './ts-mls.js'
import { makeEpoch, privateKey, type World, type WorldMember, type WorldSuite } from './world.js'

/** Suites of ts-mls 1.6, by its numbers: all with HKDF-SHA512, AES-256-GCM and Ed25519. */
const suites = {
  79: { native: mlkem768, plugIn: new MlKem768(), hash: 'SHA-384' },
  83: { native: mlkem768x25519, plugIn: new XWing(), hash: 'SHA-512' },
} as const

export const postQuantumSuites = [83, 79] as const

/** Seal and open of this library, of hpke-js and of SubtleCrypto alone, and a new group in the same suite. */
export async function measurePostQuantum(options: MeasureOptions): Promise<Row[]> {
  const id = options.cipherSuite === 79 ? 79 : 83
  const { native, plugIn, hash } = suites[id]
  const parts = { id, kdf: 'HKDF-SHA512', hash, aead: 'AES-256-GCM', signature: 'Ed25519' } as const
  const world = await makeWorld(id, cipherSuite({ ...parts, kem: hpkeKem(plugIn) }))
  const candidates: Candidate[] = []
  if (await native.isSupported()) {
    const natively = { ...world, cipherSuite: cipherSuite({ ...parts, kem: native }) }
    for (const revision of ['00', '01', '02'] as const) candidates.push(...(await ours(revision)(natively)))
    candidates.push(...(await floorOf(world, await nativeSteps(id, world))))
  }
  candidates.push(...named('with the plug-in', await ours('00')(world)))
  const hpke = new CipherSuite({ kem: plugIn, kdf: new HkdfSha512(), aead: new Aes256Gcm() })
  candidates.push(
    ...(await composedOn(hpke, world, {
      publicKey: await plugIn.deserializePublicKey(world.bob.encryptionKey.buffer),
      privateKey: await plugIn.deserializePrivateKey(world.bob.encryptionPrivateKey.buffer),
    })),
    ...(await newGroup(world)),
  )
  return compare(candidates, options)
}

const named = (how: string, candidates: readonly Candidate[]): Candidate[] =>
  candidates.map((candidate) => ({ ...candidate, name: `${candidate.name}, ${how}` }))

type PostQuantumWorld = World<WorldSuite>

async function makeWorld(
  id: keyof typeof suites,
  description: ReturnType<typeof cipherSuite>,
): Promise<PostQuantumWorld> {
  const suite: WorldSuite = {
    id,
    kem: description.kem,
    kdf: { id: 3, hash: 'SHA-512', Nh: 64 },
    hash: description.hash,
    aead: aes256,
    signature: curveSignature(ed25519),
  }
  const [alice, bob] = await Promise.all([makeMember(id, suite, 0), makeMember(id, suite, 1)])
  return { suite, cipherSuite: description, alice, bob, ...makeEpoch(suite, DATA_LENGTH) }
}

async function makeMember(
  id: keyof typeof suites,
  { signature }: WorldSuite,
  leafIndex: number,
): Promise<WorldMember> {
  const kem = suites[id].plugIn
  const encryption = await kem.generateKeyPair()
  const signing = await rawKeyPair(signature.algorithm, ['sign', 'verify'])
  return {
    leafIndex,
    encryptionKey: new Uint8Array(await kem.serializePublicKey(encryption.publicKey)),
    encryptionPrivateKey: new Uint8Array(await kem.serializePrivateKey(encryption.privateKey)).slice(),
    signatureKey: signing.publicKey,
    signaturePrivateKey: signing.privateKey,
  }
}

/** encapsulateBits and decapsulateBits, and nothing else. */
async function nativeSteps(id: keyof typeof suites, { bob }: PostQuantumWorld): Promise<KemSteps> {
  const { subtle } = crypto
  const { native: kem } = suites[id]
  const publicKey = await kem.importPublicKey(bob.encryptionKey)
  const own = await privateKey(kem, bob.encryptionPrivateKey, bob.encryptionKey)
  const { ciphertext } = await subtle.encapsulateBits(kem.name, publicKey)
  return {
    kemOutputLength: ciphertext.byteLength,
    encapsulate: async () => ({
      sharedSecret: (await subtle.encapsulateBits(kem.name, publicKey)).sharedKey,
    }),
    decapsulate: async () => ({ sharedSecret: subtle.decapsulateBits(kem.name, own, ciphertext) }),
  }
}
