/**
 * KEMs and AEADs of hpke-js, for engines whose SubtleCrypto lacks them: `hpkeKem(new XWing())`.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/hpke-js
 */

import type { Aead } from '../crypto/aead.js'
import { HpkeAead, type HpkeJsAead } from '../crypto/hpke-aead.js'
import { type HpkeJsKem, HpkeKem } from '../crypto/kem/hpke-kem.js'
import type { Kem } from '../crypto/kem/kem.js'

export type { HpkeJsAead, HpkeJsAeadContext } from '../crypto/hpke-aead.js'
export type { HpkeJsKem } from '../crypto/kem/hpke-kem.js'

/**
 * A KEM object of hpke-js as the `kem` of a cipher suite: of `@hpke/hybridkem-x-wing`, `@hpke/ml-kem`,
 * `@hpke/dhkem-x448`, or another package. Private keys are raw bytes; the epoch keeps them as bytes, since a plug-in
 * knows no other form, and stores them encrypted.
 */
export const hpkeKem = (kem: HpkeJsKem): Kem => new HpkeKem(kem)

/**
 * An AEAD object of hpke-js as the `aead` of a cipher suite: `hpkeAead(new Chacha20Poly1305())` of
 * `@hpke/chacha20poly1305`, where SubtleCrypto lacks it. Each key of it exists as bytes until its message is sealed or
 * opened.
 */
export const hpkeAead = (aead: HpkeJsAead): Aead => new HpkeAead(aead)
