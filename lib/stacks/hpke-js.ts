/**
 * KEMs and AEADs of hpke-js, for engines whose SubtleCrypto lacks them: `hpkeKem(new XWing())`.
 *
 * @packageDocumentation
 * @module mls-targeted-messages/hpke-js
 */

export { type HpkeJsAead, type HpkeJsAeadContext, hpkeAead } from '../crypto/hpke-aead.js'
export { type HpkeJsEncapsulation, type HpkeJsKem, hpkeKem } from '../crypto/kem/hpke-kem.js'
