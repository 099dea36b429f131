import { promisedSuites } from '../../tests/support/suites.js'

export { revisions } from '../../tests/support/suites.js'

/** The cipher suites of the round trip and the demo page: those that ts-mls and this library share. */
export const suites = {
  1: {
    name: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
    short: 'X25519, AES-128-GCM, Ed25519',
    kemOutput: 32,
  },
  2: { name: 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256', short: 'P-256, AES-128-GCM, ECDSA', kemOutput: 65 },
  5: { name: 'MLS_256_DHKEMP521_AES256GCM_SHA512_P521', short: 'P-521, AES-256-GCM, ECDSA', kemOutput: 133 },
  7: { name: 'MLS_256_DHKEMP384_AES256GCM_SHA384_P384', short: 'P-384, AES-256-GCM, ECDSA', kemOutput: 97 },
  // Numbers of ts-mls 1.x: draft-ietf-mls-pq-ciphersuites has none yet.
  83: {
    name: 'MLS_256_XWING_AES256GCM_SHA512_Ed25519',
    short: 'X-Wing, AES-256-GCM, Ed25519',
    kemOutput: 1120,
  },
  79: {
    name: 'MLS_256_MLKEM768_AES256GCM_SHA384_Ed25519',
    short: 'ML-KEM-768, AES-256-GCM, Ed25519',
    kemOutput: 1088,
  },
} as const

export type SuiteId = keyof typeof suites

/** Of RFC 9420 section 17.1. */
export const suiteIds = promisedSuites satisfies readonly SuiteId[]

export const postQuantumIds = [83, 79] as const satisfies readonly SuiteId[]

export type PostQuantumId = (typeof postQuantumIds)[number]

export const isPostQuantum = (suite: SuiteId): suite is PostQuantumId =>
  postQuantumIds.some((id) => id === suite)
