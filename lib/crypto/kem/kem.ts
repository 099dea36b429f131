import { invalidInput } from '../../errors.js'
import type { Bytes } from '../../tls/bytes.js'
import type { KeyKind } from '../key-kind.js'

/** A public key, imported and as it is on the wire. */
export interface KemPublicKey<K extends CryptoKey = CryptoKey> {
  readonly key: K
  readonly raw: Bytes
}

export interface KemKeyPair<K extends CryptoKey = CryptoKey> {
  readonly privateKey: K
  /** Raw. */
  readonly publicKey: Bytes
}

/** What `Encap` gives. */
export interface Encapsulation {
  /** Nenc bytes. */
  readonly kemOutput: Bytes
  /** Nsecret bytes, on their way: signing the KEM output does not keep them waiting. */
  readonly sharedSecret: Bytes | Promise<Bytes>
}

/** What `Decap` gives, once it has asked the engine for it. */
export interface Decapsulation {
  /** Nsecret bytes, on their way: what follows from them is asked for before the signature is verified. */
  readonly sharedSecret: Bytes | Promise<Bytes>
}

/** A key encapsulation mechanism, RFC 9180 section 4. */
export interface Kem<K extends CryptoKey = CryptoKey> extends KeyKind<K> {
  /** RFC 9180 section 7.1. */
  readonly id: number
  /** To a key that may be on its way. Throws `invalid-input` for a public key that only now proves to be none. */
  encap(recipient: Promise<KemPublicKey<K>>): Promise<Encapsulation>
  /** Throws for a KEM output that none can be, before any work. */
  decap(recipient: KemKeyPair<K>, kemOutput: Bytes): Promise<Decapsulation>
}

/** `DeserializePublicKey`. Throws for anything but a serialized public key. */
export const deserializePublicKey = async (kem: Kem, raw: Bytes): Promise<KemPublicKey> => ({
  key: await kem.importPublicKey(raw),
  raw,
})

/** What it means that a KEM does not encapsulate to a key of the right length. */
export const badPublicKey =
  (name: string) =>
  (cause: unknown): never => {
    throw invalidInput(`the public key of the recipient is not a valid ${name} key`, cause)
  }
