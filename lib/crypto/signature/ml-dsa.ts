import type { Bytes } from '../../tls/bytes.js'
import { withPauses } from '../pauses.js'
import { SeedKeys } from '../seed-keys.js'
import type { SignatureScheme } from './scheme.js'

/** FIPS 204 section 4; lengths in bytes. */
export interface MlDsaParameters {
  readonly name: string
  readonly publicKeyLength: number
  readonly signatureLength: number
}

/** ML-DSA by SubtleCrypto: pure, and with an empty context string, as draft-ietf-tls-mldsa has it. */
export class MlDsa extends SeedKeys implements SignatureScheme<CryptoKey> {
  readonly signatureLength: number

  constructor({ signatureLength, ...parameters }: MlDsaParameters) {
    super({ ...parameters, seedLength: 32, privateUsage: 'sign', publicUsage: 'verify' })
    this.signatureLength = signatureLength
  }

  async sign(key: CryptoKey, content: Bytes): Promise<Bytes> {
    return new Uint8Array(await withPauses(() => crypto.subtle.sign(this.name, key, content)))
  }

  async verify(key: CryptoKey, content: Bytes, signature: Bytes): Promise<boolean> {
    if (signature.length !== this.signatureLength) return false
    return withPauses(() => crypto.subtle.verify(this.name, key, signature, content))
  }
}
