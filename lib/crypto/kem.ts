import type { Bytes } from '../tls/bytes.js'
import { ascii, bytes, encodeInput, type Field, struct, uint16 } from '../tls/writer.js'
import { breathe } from './breathe.js'
import { hkdf } from './kdf.js'
import { labeledIkm, labeledInfo } from './labeled.js'
import { importPublicKey } from './public-keys.js'
import type { CipherSuite, Kem } from './suites.js'

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

/** What `Encap` gives. */
export interface Encapsulation {
  /** The raw public half of the ephemeral key pair. */
  readonly kemOutput: Bytes
  /** Nsecret bytes, on their way: signing the KEM output does not keep them waiting. */
  readonly sharedSecret: Promise<Bytes>
}

/** `Encap`, with a key pair that is made for this one message. */
export async function encap(
  suite: CipherSuite,
  ephemeral: CryptoKeyPair,
  recipient: KemPublicKey,
): Promise<Encapsulation> {
  const [agreed, exported] = await Promise.all([
    agree(suite, ephemeral.privateKey, recipient.key),
    crypto.subtle.exportKey('raw', ephemeral.publicKey),
  ])
  const kemOutput = new Uint8Array(exported)
  return { kemOutput, sharedSecret: expand(suite, agreed, kemOutput, recipient.raw) }
}

/** `Decap`: the shared secret, Nsecret bytes. */
export async function decap(
  suite: CipherSuite,
  { privateKey, publicKey }: KemKeyPair,
  ephemeral: KemPublicKey,
): Promise<Bytes> {
  return await expand(suite, await agree(suite, privateKey, ephemeral.key), ephemeral.raw, publicKey)
}

/** `DeserializePublicKey`. Throws for anything but a serialized public key. */
export const deserializePublicKey = async ({ kem }: CipherSuite, raw: Bytes): Promise<KemPublicKey> => ({
  key: await importPublicKey(kem, raw),
  raw,
})

/**
 * `DH(skX, pkY)`, and of `ExtractAndExpand(dh, kem_context)` the input: SubtleCrypto's HKDF does both halves from it.
 * The engines refuse the all-zero result, as section 7.1.4 asks.
 */
async function agree({ kem }: CipherSuite, privateKey: CryptoKey, publicKey: CryptoKey): Promise<CryptoKey> {
  const { algorithm, curve } = kem
  const parameters = { name: algorithm.name, public: publicKey }
  const dh = new Uint8Array(
    await breathe(() => crypto.subtle.deriveBits(parameters, privateKey, 8 * curve.privateKeyLength)),
  )
  const ikm = encodeInput(labeledIkm(suiteId(kem), 'eae_prk', bytes(dh)))
  try {
    return await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  } finally {
    dh.fill(0)
    ikm.fill(0)
  }
}

/** `ExtractAndExpand`; every suite's KEM has the hash of its KDF, and Nsecret is Nh. */
async function expand(
  { kem, kdf }: CipherSuite,
  agreed: CryptoKey,
  kemOutput: Bytes,
  recipientPublicKey: Bytes,
): Promise<Bytes> {
  const kemContext = struct(bytes(kemOutput), bytes(recipientPublicKey))
  const info = encodeInput(labeledInfo(suiteId(kem), 'shared_secret', kemContext, kdf.Nh))
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(kdf, NO_SALT, info), agreed, 8 * kdf.Nh))
}

const NO_SALT = new Uint8Array()

/** `suite_id`, section 4.1. */
const suiteId = ({ id }: Kem): Field => struct(ascii('KEM'), uint16(id))
