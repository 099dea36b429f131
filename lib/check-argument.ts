import { invalidInput } from './errors.js'

/** For a value that is not an options object, or whose options have wrong types. */
export const USAGE = ['invalid-input', 'an option is missing or has the wrong type'] as const

export const MAX_UINT32 = 0xffffffff

/** Throws `invalid-input` unless `value` is an integer in the range. */
export function checkInteger(
  value: unknown,
  name: string,
  least: number,
  greatest = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest)
    return value
  throw invalidInput(`${name} must be an integer from ${least} to ${greatest}, not ${show(value)}`)
}

/** Throws `invalid-input` unless `value` is a uint32. */
export const checkLeafIndex = (value: unknown, name: string): number =>
  checkInteger(value, name, 0, MAX_UINT32)

/** Throws `invalid-input` unless `value` is a uint64. */
export function checkEpoch(value: unknown): bigint {
  if (typeof value === 'bigint' && BigInt.asUintN(64, value) === value) return value
  throw invalidInput(`epoch must be a bigint that fits into a uint64, not ${show(value)}`)
}

/** As part of a sentence. An object may have no `toString`. */
const show = (value: unknown): string => (typeof value === 'object' ? typeof value : String(value))
