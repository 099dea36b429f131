import { TargetedMessageError } from '../errors.js'

const MAX_UINT32 = 0xffffffff
const MAX_UINT64 = 0xffffffffffffffffn

export const invalidInput = (message: string, options?: ErrorOptions): TargetedMessageError =>
  new TargetedMessageError('invalid-input', message, options)

/** Throws `invalid-input` unless `value` is a uint32. */
export function checkLeafIndex(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_UINT32) return value
  throw invalidInput(`${name} must be an integer from 0 to 2^32 - 1, not ${String(value)}`)
}

/** Throws `invalid-input` unless `value` is a uint64. */
export function checkEpoch(value: unknown): bigint {
  if (typeof value === 'bigint' && value >= 0n && value <= MAX_UINT64) return value
  throw invalidInput(`epoch must be a bigint from 0n to 2n ** 64n - 1n, not ${String(value)}`)
}

/** Throws `invalid-input` unless `value` is an integer from 1 up. */
export function checkPositive(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw invalidInput(`${name} must be a positive integer, not ${String(value)}`)
}
