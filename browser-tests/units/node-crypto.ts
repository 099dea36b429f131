/** In a page there is one WebCrypto. */
export const webcrypto = globalThis.crypto
