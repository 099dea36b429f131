/** ChaCha20-Poly1305 keys have a format of their own (Modern Algorithms in the Web Cryptography API, section 22). */
interface SubtleCrypto {
  importKey(
    format: 'raw' | 'raw-secret',
    keyData: BufferSource,
    algorithm: string,
    extractable: boolean,
    keyUsages: KeyUsage[],
  ): Promise<CryptoKey>
}
