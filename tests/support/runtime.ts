import { allSuites, promisedSuites } from './suites.js'

/** Whether the tests run on @peculiar/webcrypto, by `peculiar-webcrypto.ts`. */
export const isPeculiar = !(crypto instanceof Crypto)

/** Of Node; none in a page. */
const [major = 0, minor = 0] = globalThis.process?.versions.node.split('.').map(Number) ?? []
export const isChromium = globalThis.navigator?.userAgent.includes('Chrome/') ?? false
/** Node 24.7 brought the modern algorithms to its SubtleCrypto; of the browsers, Chromium has them. */
const hasModernAlgorithms = major > 24 || (major === 24 && minor >= 7) || isChromium

/**
 * The cipher suites that this runtime has, written down instead of asked for, so that no test is left out when the
 * library fails to find one.
 */
export const runtimeSuites: readonly number[] =
  hasModernAlgorithms && !isPeculiar ? allSuites : promisedSuites

/** The post-quantum KEMs of this runtime's SubtleCrypto, written down as well: Node 24.7 and 26 brought them, and Chromium. */
export const nativeKemIds: readonly number[] =
  isPeculiar || !hasModernAlgorithms ? [] : major >= 26 || isChromium ? [0x41, 0x42, 0x647a] : [0x41, 0x42]
