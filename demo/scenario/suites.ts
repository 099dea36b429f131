import type { Revision } from 'mls-targeted-messages'

/** The cipher suites of the round trip and the demo page: RFC 9420 section 17.1, those that ts-mls and this library share. */
export const suites = {
  1: { name: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519', short: 'X25519, AES-128-GCM, Ed25519' },
  2: { name: 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256', short: 'P-256, AES-128-GCM, ECDSA' },
  5: { name: 'MLS_256_DHKEMP521_AES256GCM_SHA512_P521', short: 'P-521, AES-256-GCM, ECDSA' },
  7: { name: 'MLS_256_DHKEMP384_AES256GCM_SHA384_P384', short: 'P-384, AES-256-GCM, ECDSA' },
} as const

export type SuiteId = keyof typeof suites

export const suiteIds: readonly SuiteId[] = [1, 2, 5, 7]

export const revisions: readonly Revision[] = ['00', '01', '02']
