import type { Bytes } from '../tls/bytes.js'
import { generateKeyPair } from './generate.js'
import type { Kem } from './suites.js'

export interface KemKeyPair {
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

/** A sender's ephemeral key pair and its public half as it goes on the wire. */
export interface Ephemeral {
  readonly keyPair: CryptoKeyPair
  /** `enc` of RFC 9180, Nenc bytes. */
  readonly kemOutput: Bytes
}

/** The first half of `Encap` (RFC 9180 section 4.1): known before the shared secret, so that signing need not wait. */
export async function generateEphemeral(kem: Kem): Promise<Ephemeral> {
  const keyPair = await generateKeyPair(kem.algorithm, ['deriveBits'])
  const kemOutput = new Uint8Array(await crypto.subtle.exportKey('raw', keyPair.publicKey))
  return { keyPair, kemOutput }
}

/** The second half of `Encap`: the shared secret, Nsecret bytes. */
export async function encap(kem: Kem, { keyPair }: Ephemeral, recipientPublicKey: CryptoKey): Promise<Bytes> {
  const { sharedSecret } = await kem.dhkem.encap({ recipientPublicKey, ekm: keyPair })
  return new Uint8Array(sharedSecret)
}

/** `Decap` (RFC 9180 section 4.1): the shared secret, Nsecret bytes. */
export async function decap(kem: Kem, recipientKey: KemKeyPair, kemOutput: Bytes): Promise<Bytes> {
  return new Uint8Array(await kem.dhkem.decap({ recipientKey, enc: kemOutput }))
}
