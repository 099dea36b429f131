/** What the Modern Algorithms in the Web Cryptography API add: key formats, usages, and key encapsulation. */
interface SubtleCrypto {
  importKey(
    format: 'raw' | 'raw-secret' | 'raw-public' | 'raw-seed',
    keyData: BufferSource,
    algorithm: string,
    extractable: boolean,
    keyUsages: readonly string[],
  ): Promise<CryptoKey>
  importKey(
    format: 'raw',
    keyData: BufferSource,
    algorithm: ImportAlgorithm,
    extractable: boolean,
    keyUsages: readonly string[],
  ): Promise<CryptoKey>
  importKey(
    format: 'jwk',
    keyData: JsonWebKey,
    algorithm: ImportAlgorithm,
    extractable: boolean,
    keyUsages: readonly string[],
  ): Promise<CryptoKey>
  unwrapKey(
    format: 'raw' | 'jwk',
    wrappedKey: BufferSource,
    unwrappingKey: CryptoKey,
    unwrapAlgorithm: AesGcmParams,
    unwrappedKeyAlgorithm: ImportAlgorithm,
    extractable: boolean,
    keyUsages: readonly string[],
  ): Promise<CryptoKey>
  exportKey(format: 'raw-public' | 'raw-seed', key: CryptoKey): Promise<ArrayBuffer>
  generateKey(algorithm: string, extractable: boolean, keyUsages: readonly string[]): Promise<CryptoKeyPair>
  encapsulateBits(
    algorithm: string,
    publicKey: CryptoKey,
  ): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>
  decapsulateBits(algorithm: string, privateKey: CryptoKey, ciphertext: BufferSource): Promise<ArrayBuffer>
}

/** What SubtleCrypto imports keys with, whatever their kind. */
interface ImportAlgorithm {
  readonly name: string
  readonly hash?: string
  readonly namedCurve?: string
}
