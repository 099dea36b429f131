import type { OracleMember, Revision } from '../oracle/oracle.js'
import { suiteOf } from '../oracle/suites.js'
import type { ReferenceMember } from '../vectors/reference.js'
import { rawKeyPair } from './raw-key-pair.js'

type Bytes = Uint8Array<ArrayBuffer>

/** A group nobody else knows, as each of its members sees it. */
export interface RandomGroup {
  readonly members: readonly ReferenceMember[]
  as(leafIndex: number): OracleMember
}

export interface RandomGroupOptions {
  /** '02' unless given. */
  readonly revision?: Revision
  /** 1 unless given. */
  readonly cipherSuite?: number
  /** 0, 1, 2 unless given. */
  readonly leafIndices?: readonly number[]
  /** 16 random bytes unless given. */
  readonly groupId?: Uint8Array
  /** 7 unless given. */
  readonly epoch?: bigint
  /** 100 random bytes unless given. */
  readonly groupContext?: Uint8Array
}

/** New keys and secrets for every leaf, made by WebCrypto. */
export async function randomGroup(options: RandomGroupOptions = {}): Promise<RandomGroup> {
  const { revision = '02', cipherSuite = 1, leafIndices = [0, 1, 2], epoch = 7n } = options
  const members = await Promise.all(leafIndices.map((leafIndex) => randomLeaf(cipherSuite, leafIndex)))
  const shared = {
    revision,
    cipherSuite,
    epoch,
    groupId: options.groupId ?? randomBytes(16),
    groupContext: options.groupContext ?? randomBytes(100),
    exporterSecret: randomBytes(cipherSuite === 4 ? 64 : suiteOf(cipherSuite).nh),
    members,
  }
  return {
    members,
    as(leafIndex) {
      const self = members.find((member) => member.leafIndex === leafIndex)
      if (self === undefined) throw new Error(`no member at leaf ${leafIndex}`)
      return { ...shared, self }
    },
  }
}

export async function randomLeaf(cipherSuite: number, leafIndex: number): Promise<ReferenceMember> {
  const [encryption, signature] = await Promise.all([
    encryptionKeyPair(cipherSuite),
    rawKeyPair(signatureAlgorithm(cipherSuite), ['sign', 'verify']),
  ])
  return {
    leafIndex,
    encryptionKey: encryption.publicKey,
    encryptionPrivateKey: encryption.privateKey,
    signatureKey: signature.publicKey,
    signaturePrivateKey: signature.privateKey,
  }
}

/** In chunks, since getRandomValues gives 65,536 bytes at most. */
export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536))
  return bytes
}

const ecCurves: Record<number, string> = { 2: 'P-256', 5: 'P-521', 7: 'P-384' }

async function encryptionKeyPair(cipherSuite: number) {
  const kem = cipherSuite === 4 ? undefined : suiteOf(cipherSuite).postQuantumKem
  if (kem === undefined) return rawKeyPair(encryptionAlgorithm(cipherSuite), ['deriveBits'])
  const { publicKey, privateKey } = await kem.generateKeyPair()
  return {
    publicKey: new Uint8Array(await kem.serializePublicKey(publicKey)),
    privateKey: new Uint8Array(await kem.serializePrivateKey(privateKey)),
  }
}

/** What WebCrypto generates and imports the suite's HPKE keys with. */
export function encryptionAlgorithm(cipherSuite: number) {
  const namedCurve = ecCurves[cipherSuite]
  return namedCurve ? { name: 'ECDH', namedCurve } : { name: cipherSuite === 4 ? 'X448' : 'X25519' }
}

/** What WebCrypto generates and imports the suite's signature keys with. */
export function signatureAlgorithm(cipherSuite: number) {
  const namedCurve = ecCurves[cipherSuite]
  return namedCurve ? { name: 'ECDSA', namedCurve } : { name: cipherSuite === 4 ? 'Ed448' : 'Ed25519' }
}
