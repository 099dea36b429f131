import type { Bytes } from '../tls/bytes.js'
import { ascii, bytes, encode, type Field, struct, uint16 } from '../tls/writer.js'
import { labeledIkm, labeledInfo } from './labeled.js'
import { importPublicKey } from './public-keys.js'
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

/** What `Encap` gives, each as soon as it is there: `kem_output` comes first, so signing need not wait for the secret. */
export interface Encapsulation {
  /** The raw public half of the ephemeral key pair. */
  readonly kemOutput: Promise<Bytes>
  /** Nsecret bytes. */
  readonly sharedSecret: Promise<Bytes>
}

/** `Encap`, with a key pair that is made for this one message. */
export function encap(suite: CipherSuite, ephemeral: CryptoKeyPair, recipient: KemPublicKey): Encapsulation {
  // The secret is agreed on without the KEM output, and what follows from it waits longest.
  const agreed = agree(suite, ephemeral.privateKey, recipient.key)
  const kemOutput = exportPublicKey(ephemeral.publicKey)
  const sharedSecret = Promise.all([agreed, kemOutput]).then(([dh, enc]) =>
    extractAndExpand(suite, dh, struct(bytes(enc), bytes(recipient.raw))),
  )
  return { kemOutput, sharedSecret }
}

const exportPublicKey = async (publicKey: CryptoKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))

/** `Decap`: the shared secret, Nsecret bytes. Throws for a KEM output that is no serialized public key. */
export async function decap(suite: CipherSuite, recipient: KemKeyPair, kemOutput: Bytes): Promise<Bytes> {
  const ephemeral = await importPublicKey(suite.kem, kemOutput)
  const dh = await agree(suite, recipient.privateKey, ephemeral)
  return extractAndExpand(suite, dh, struct(bytes(kemOutput), bytes(recipient.publicKey)))
}

/** `DH(skX, pkY)`: Ndh bytes. The engines refuse the all-zero result, as section 7.1.4 asks. */
async function agree({ kem }: CipherSuite, privateKey: CryptoKey, publicKey: CryptoKey): Promise<Bytes> {
  const { algorithm, curve } = kem
  const parameters = { name: algorithm.name, public: publicKey }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, privateKey, 8 * curve.privateKeyLength))
}

/** `ExtractAndExpand(dh, kem_context)`; every suite's KEM has the hash of its KDF, and Nsecret is Nh. */
async function extractAndExpand({ kem, kdf }: CipherSuite, dh: Bytes, kemContext: Field): Promise<Bytes> {
  const suiteId = struct(ascii('KEM'), uint16(kem.id))
  const ikm = encode(labeledIkm(suiteId, 'eae_prk', bytes(dh)))
  const info = encode(labeledInfo(suiteId, 'shared_secret', kemContext, kdf.Nh))
  const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  dh.fill(0)
  ikm.fill(0)
  const parameters = { name: 'HKDF', hash: kdf.hash, salt: new Uint8Array(), info }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 8 * kdf.Nh))
}
