import { ascii, type Bytes } from '../tls/bytes.js'
import { bytes, encode, struct, uint16 } from '../tls/writer.js'
import { labeledIkm, labeledInfo } from './labeled.js'
import { generateKeyPair, importPublicKey } from './public-keys.js'
import type { CipherSuite } from './suites.js'

/**
 * DHKEM, RFC 9180 section 4.1, with SubtleCrypto's ECDH and HKDF. hpke-js is what the tests hold it against, and not
 * used for it: it serializes both public keys anew for every message, drops the engine's errors, and would be most of
 * the bytes of this library.
 */

/** A public key, imported and as it is on the wire. */
export interface KemPublicKey {
  readonly key: CryptoKey
  readonly raw: Bytes
}

export interface KemKeyPair {
  readonly privateKey: CryptoKey
  /** Raw. */
  readonly publicKey: Bytes
}

/** The first half of `Encap`. `kem_output` is its public key: known before the shared secret, so signing need not wait. */
export async function generateEphemeral({ kem }: CipherSuite): Promise<KemKeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(kem)
  return { privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)) }
}

/** The second half of `Encap`: the shared secret, Nsecret bytes. */
export function encap(suite: CipherSuite, ephemeral: KemKeyPair, recipient: KemPublicKey): Promise<Bytes> {
  const kemContext = encode(bytes(ephemeral.publicKey), bytes(recipient.raw))
  return sharedSecret(suite, ephemeral.privateKey, recipient.key, kemContext)
}

/** `Decap`: the shared secret, Nsecret bytes. Throws for a KEM output that is no serialized public key. */
export async function decap(suite: CipherSuite, recipient: KemKeyPair, kemOutput: Bytes): Promise<Bytes> {
  const ephemeral = await importPublicKey(suite.kem, kemOutput)
  const kemContext = encode(bytes(kemOutput), bytes(recipient.publicKey))
  return sharedSecret(suite, recipient.privateKey, ephemeral, kemContext)
}

/** `ExtractAndExpand(DH(skX, pkY), kem_context)`; every suite's KEM has the hash of its KDF, and Nsecret is Nh. */
async function sharedSecret(
  { kem, kdf }: CipherSuite,
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  kemContext: Bytes,
): Promise<Bytes> {
  const ndh = kem.curve.privateKeyLength
  // The engines refuse the all-zero result, as section 7.1.4 asks.
  const dh = new Uint8Array(
    await crypto.subtle.deriveBits({ name: kem.algorithm.name, public: publicKey }, privateKey, 8 * ndh),
  )
  const suiteId = struct(bytes(ascii('KEM')), uint16(kem.id))
  const ikm = encode(labeledIkm(suiteId, 'eae_prk', bytes(dh)))
  const info = encode(labeledInfo(suiteId, 'shared_secret', bytes(kemContext), kdf.Nh))
  const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  dh.fill(0)
  ikm.fill(0)
  const parameters = { name: 'HKDF', hash: kdf.hash, salt: new Uint8Array(), info }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 8 * kdf.Nh))
}
