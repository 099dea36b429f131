import type { Bytes } from '../../tls/bytes.js'
import { ascii, bytes, encodeInput, struct, uint16 } from '../../tls/writer.js'
import { type CurveKeys, curveKeys } from '../curve-keys.js'
import type { Curve } from '../curves.js'
import { hkdf } from '../kdf.js'
import { labeledIkm, labeledInfo } from '../labeled.js'
import { withPauses } from '../pauses.js'
import type { Kdf } from '../suites.js'
import type { Kem } from './kem.js'

/**
 * DHKEM, RFC 9180 section 4.1, with SubtleCrypto's ECDH and HKDF. hpke-js is its oracle in the tests, but is not used
 * here: it serializes both public keys again for every message, drops the engine's errors, and would be most of the bytes
 * of this library.
 */
export interface Dhkem extends Kem, CurveKeys {
  readonly kdf: Kdf
  generateKeyPair(): Promise<CryptoKeyPair>
}

/** The KDF is the KEM's own; Nsecret is its Nh. */
export function dhkem(id: number, curve: Curve, kdf: Kdf): Dhkem {
  const keys = curveKeys(curve, 'ECDH', ['deriveBits'])
  const { name } = keys.algorithm
  /** Section 4.1. */
  const suiteId = struct(ascii('KEM'), uint16(id))

  /**
   * `DH(skX, pkY)`, and the input of `ExtractAndExpand(dh, kem_context)`, which SubtleCrypto's HKDF does in one call.
   * The engines refuse the all-zero result, as section 7.1.4 requires.
   */
  async function agree(privateKey: CryptoKey, publicKey: CryptoKey): Promise<CryptoKey> {
    const length = 8 * curve.privateKeyLength
    const dh = new Uint8Array(
      await withPauses(() => crypto.subtle.deriveBits({ name, public: publicKey }, privateKey, length)),
    )
    const ikm = encodeInput(labeledIkm(suiteId, 'eae_prk', bytes(dh)))
    try {
      return await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
    } finally {
      dh.fill(0)
      ikm.fill(0)
    }
  }

  /** `ExtractAndExpand`. */
  async function expand(agreed: CryptoKey, kemOutput: Bytes, recipientPublicKey: Bytes): Promise<Bytes> {
    const kemContext = struct(bytes(kemOutput), bytes(recipientPublicKey))
    const info = encodeInput(labeledInfo(suiteId, 'shared_secret', kemContext, kdf.Nh))
    return new Uint8Array(await crypto.subtle.deriveBits(hkdf(kdf, NO_SALT, info), agreed, 8 * kdf.Nh))
  }

  return {
    ...keys,
    id,
    kdf,

    /** With a new key pair for each message. */
    async encap(recipient) {
      const [{ privateKey, publicKey }, { key, raw }] = await Promise.all([keys.generateKeyPair(), recipient])
      const [agreed, exported] = await Promise.all([
        agree(privateKey, key),
        crypto.subtle.exportKey('raw', publicKey),
      ])
      const kemOutput = new Uint8Array(exported)
      return { kemOutput, sharedSecret: expand(agreed, kemOutput, raw) }
    },

    async decap({ privateKey, publicKey }, kemOutput) {
      const agreed = agree(privateKey, await keys.importPublicKey(kemOutput))
      return { sharedSecret: agreed.then((key) => expand(key, kemOutput, publicKey)) }
    },
  }
}

const NO_SALT = new Uint8Array()
