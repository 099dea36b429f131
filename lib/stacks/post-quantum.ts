/**
 * Post-quantum cipher suites: SubtleCrypto's own KEMs and signatures, and the suites of
 * draft-ietf-mls-pq-ciphersuites-06. If an engine lacks one, use a plug-in: a KEM of hpke-js, or any implementation of
 * ML-DSA.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/post-quantum
 */

import { checkInteger } from '../check-argument.js'
import type { Kem } from '../crypto/kem/kem.js'
import { NativeKem } from '../crypto/kem/native-kem.js'
import { MlDsa } from '../crypto/signature/ml-dsa.js'
import { PlugInSignature, type SignaturePlugIn } from '../crypto/signature/plug-in.js'
import type { SignatureScheme } from '../crypto/signature/scheme.js'
import type { CipherSuiteDescription } from '../crypto/suites.js'
import { invalidInput } from '../errors.js'

/** X-Wing (MLKEM768-X25519, KEM 0x647a): a public key has 1,216 bytes, a KEM output 1,120, a seed 32. */
export const mlkem768x25519 = /* @__PURE__ */ new NativeKem({
  id: 0x647a,
  name: 'MLKEM768-X25519',
  seedLength: 32,
  publicKeyLength: 1216,
  kemOutputLength: 1120,
})

/** ML-KEM-768 (KEM 0x0041): a public key has 1,184 bytes, a KEM output 1,088, a seed 64. */
export const mlkem768 = /* @__PURE__ */ new NativeKem({
  id: 0x0041,
  name: 'ML-KEM-768',
  seedLength: 64,
  publicKeyLength: 1184,
  kemOutputLength: 1088,
})

/** ML-KEM-1024 (KEM 0x0042): a public key has 1,568 bytes, a KEM output 1,568, a seed 64. */
export const mlkem1024 = /* @__PURE__ */ new NativeKem({
  id: 0x0042,
  name: 'ML-KEM-1024',
  seedLength: 64,
  publicKeyLength: 1568,
  kemOutputLength: 1568,
})

/** ML-DSA-44: a public key has 1,312 bytes, a signature 2,420, a seed 32. */
export const mldsa44 = /* @__PURE__ */ new MlDsa({
  name: 'ML-DSA-44',
  publicKeyLength: 1312,
  signatureLength: 2420,
})

/** ML-DSA-65: a public key has 1,952 bytes, a signature 3,309, a seed 32. */
export const mldsa65 = /* @__PURE__ */ new MlDsa({
  name: 'ML-DSA-65',
  publicKeyLength: 1952,
  signatureLength: 3309,
})

/** ML-DSA-87: a public key has 2,592 bytes, a signature 4,627, a seed 32. */
export const mldsa87 = /* @__PURE__ */ new MlDsa({
  name: 'ML-DSA-87',
  publicKeyLength: 2592,
  signatureLength: 4627,
})

/**
 * ML-DSA for an engine that has none: `signaturePlugIn(mldsa65, ml_dsa65)` with `@noble/post-quantum`. The private key is
 * the one that the plug-in signs with. Without `sign`, a callback has to sign. Throws `invalid-input` without `verify`.
 */
export function signaturePlugIn(scheme: MlDsa, plugIn: SignaturePlugIn): SignatureScheme {
  if (!plugIn?.verify) throw invalidInput('the plug-in has no verify')
  return new PlugInSignature(scheme, plugIn)
}

/**
 * A cipher suite that is not built in, for `GroupEpoch.create`, `GroupEpoch.from` and `Inbox.open`. The result is frozen.
 * Throws `invalid-input` for an id that is not a uint16 or is built in, and without a KEM.
 */
export function cipherSuite<K extends Kem>(
  description: CipherSuiteDescription<K>,
): CipherSuiteDescription<K> {
  checkInteger(description?.id, 'id of cipherSuite', 0, 0xffff)
  const { id, kem, kdf, hash } = description
  if ([1, 2, 3, 5, 7].includes(id)) throw invalidInput(`cipher suite ${id} is built in: pass the number`)
  if (!kem)
    throw invalidInput(
      'cipherSuite has no kem: take one of this entry or hpkeKem of mls-targeted-messages/hpke-js',
    )
  if (!['HKDF-SHA256', 'HKDF-SHA384', 'HKDF-SHA512'].includes(kdf)) throw unknown('kdf', kdf)
  if (!['SHA-256', 'SHA-384', 'SHA-512'].includes(hash)) throw unknown('hash', hash)
  return Object.freeze({ ...description })
}

const unknown = (part: string, value: string) =>
  invalidInput(`the ${part} ${value} of cipherSuite is not known`)

/** A suite of the draft, which has no numbers yet: the application adds its own as `id`. */
export type UnnumberedSuite = Omit<CipherSuiteDescription, 'id'>

/** A suite whose KEM no engine has: the application adds a plug-in as `kem`, too. */
export type UnnumberedSuiteWithoutKem = Omit<CipherSuiteDescription, 'id' | 'kem'>

const sha256Aes128 = { kdf: 'HKDF-SHA256', hash: 'SHA-256', aead: 'AES-128-GCM' } as const
const sha384Aes256 = { kdf: 'HKDF-SHA384', hash: 'SHA-384', aead: 'AES-256-GCM' } as const

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519: UnnumberedSuite = {
  kem: mlkem768x25519,
  ...sha256Aes128,
  signature: 'Ed25519',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519: UnnumberedSuite = {
  kem: mlkem768x25519,
  ...sha384Aes256,
  signature: 'Ed25519',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768P256_AES128GCM_SHA256_P256: UnnumberedSuiteWithoutKem = {
  ...sha256Aes128,
  signature: 'P-256',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768P256_AES256GCM_SHA384_P256: UnnumberedSuiteWithoutKem = {
  ...sha384Aes256,
  signature: 'P-256',
}

/** What its name says, without an id, which the application adds. */
export const MLS_192_MLKEM1024P384_AES256GCM_SHA384_P384: UnnumberedSuiteWithoutKem = {
  ...sha384Aes256,
  signature: 'P-384',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519: UnnumberedSuite = {
  kem: mlkem768,
  ...sha384Aes256,
  signature: 'Ed25519',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768_AES256GCM_SHA384_P256: UnnumberedSuite = {
  kem: mlkem768,
  ...sha384Aes256,
  signature: 'P-256',
}

/** What its name says, without an id, which the application adds. */
export const MLS_192_MLKEM1024_AES256GCM_SHA384_P384: UnnumberedSuite = {
  kem: mlkem1024,
  ...sha384Aes256,
  signature: 'P-384',
}

/** What its name says, without an id, which the application adds. */
export const MLS_128_MLKEM768X25519_CHACHA20POLY1305_SHA384_MLDSA44: UnnumberedSuite = {
  kem: mlkem768x25519,
  ...sha384Aes256,
  aead: 'ChaCha20-Poly1305',
  signature: mldsa44,
}

/** What its name says, without an id, which the application adds. */
export const MLS_192_MLKEM768_AES256GCM_SHA384_MLDSA65: UnnumberedSuite = {
  kem: mlkem768,
  ...sha384Aes256,
  signature: mldsa65,
}

/** What its name says, without an id, which the application adds. */
export const MLS_256_MLKEM1024_AES256GCM_SHA384_MLDSA87: UnnumberedSuite = {
  kem: mlkem1024,
  ...sha384Aes256,
  signature: mldsa87,
}
