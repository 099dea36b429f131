import { allSuites, promisedSuites } from './suites.js'

/** Whether the tests run on @peculiar/webcrypto, by `peculiar-webcrypto.ts`. */
export const isPeculiar = !(crypto instanceof Crypto)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
/** Node 24.7 brought ChaCha20-Poly1305 to its SubtleCrypto. */
const nodeHasChaCha = major > 24 || (major === 24 && minor >= 7)

/**
 * The cipher suites that this runtime has, written down instead of asked for, so that no test is left out when the
 * library fails to find one.
 */
export const runtimeSuites: readonly number[] = nodeHasChaCha && !isPeculiar ? allSuites : promisedSuites

/** The post-quantum KEMs of this runtime's SubtleCrypto, written down as well: Node 24.7 and 26 brought them. */
export const nativeKemIds: readonly number[] =
  isPeculiar || !nodeHasChaCha ? [] : major >= 26 ? [0x41, 0x42, 0x647a] : [0x41, 0x42]
