import type { TargetedMessageErrorCode } from '../../lib/index.js'

export type Code = TargetedMessageErrorCode

/** Bytes that must be refused, and the codes that may say so: one, but where chance decides what the bytes become. */
export interface Hostile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly codes: readonly Code[]
}
