import { invalidInput } from '../../errors.js'
import type { Bytes } from '../../tls/bytes.js'
import type { KeyKind } from '../key-kind.js'

/** A public key, both imported and as it is on the wire. */
export interface KemPublicKey<K extends CryptoKey = CryptoKey> {
  readonly key: K
  readonly raw: Bytes
}

export interface KemKeyPair<K extends CryptoKey = CryptoKey> {
  readonly privateKey: K
  /** Raw. */
  readonly publicKey: Bytes
}

/** The result of `Encap`. */
export interface Encapsulation {
  /** Nenc bytes. */
  readonly kemOutput: Bytes
  /** Nsecret bytes. May be a promise, so that signing the KEM output need not wait for them. */
  readonly sharedSecret: Bytes | Promise<Bytes>
}

/** The result of `Decap`, once the engine has been asked for it. */
export interface Decapsulation {
  /** Nsecret bytes. May be a promise, so that the engine has the work before the signature is verified. */
  readonly sharedSecret: Bytes | Promise<Bytes>
}

/** A key encapsulation mechanism, RFC 9180 section 4. */
export interface Kem<K extends CryptoKey = CryptoKey> extends KeyKind<K> {
  /** RFC 9180 section 7.1. */
  readonly id: number
  /** Takes the promise of a key. Throws `invalid-input` if the public key turns out to be invalid only now. */
  encap(recipient: Promise<KemPublicKey<K>>): Promise<Encapsulation>
  /** Throws for an impossible KEM output before any work is done. */
  decap(recipient: KemKeyPair<K>, kemOutput: Bytes): Promise<Decapsulation>
}

/** `DeserializePublicKey`. Throws for anything but a serialized public key. */
export const deserializePublicKey = async (kem: Kem, raw: Bytes): Promise<KemPublicKey> => ({
  key: await kem.importPublicKey(raw),
  raw,
})

/** The error if a KEM cannot encapsulate to a key of the right length. */
export const badPublicKey =
  (name: string) =>
  (cause: unknown): never => {
    throw invalidInput(`the recipient's public key is not a valid ${name} key`, cause)
  }
