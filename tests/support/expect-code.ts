import { expect } from 'vitest'
import { TargetedMessageError, type TargetedMessageErrorCode } from '../../lib/errors.js'

/** Runs `action`, or awaits it, and asserts that it fails with a {@link TargetedMessageError} of this code. */
export async function expectCode(
  action: Promise<unknown> | (() => unknown),
  code: TargetedMessageErrorCode,
): Promise<TargetedMessageError> {
  const error = await failureOf(action)
  expect(error).toBeInstanceOf(TargetedMessageError)
  const refused = error as TargetedMessageError
  expect(refused.code, refused.message).toBe(code)
  return refused
}

async function failureOf(action: Promise<unknown> | (() => unknown)): Promise<unknown> {
  let result: unknown
  try {
    result = await (typeof action === 'function' ? action() : action)
  } catch (error) {
    return error
  }
  return expect.fail(`nothing was thrown; the result is ${String(result)}`)
}
