/**
 * An independent implementation of targeted messages to test the library against: hpke-js's own PSK mode, plain
 * WebCrypto for the rest, nothing shared with `lib`. Slow and simple; keys are raw bytes, errors are plain.
 */
export { oracleOpen } from './open.js'
export { oracleSeal } from './seal.js'
export type {
  OracleKeyPair,
  OracleLeaf,
  OracleMember,
  OracleOpened,
  OracleSealOptions,
  Revision,
} from './types.js'
