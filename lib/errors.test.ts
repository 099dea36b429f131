import { describe, expect, test } from 'vitest'
import { expectCode } from '../tests/support/expect-code.js'
import { attempt, fail, invalidInput, TargetedMessageError } from './errors.js'

test('TargetedMessageError is an Error with a name, a code, and the cause if there is one', () => {
  const cause = new Error('engine')
  const error = new TargetedMessageError('content', 'it does not decrypt', { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'TargetedMessageError',
    code: 'content',
    message: 'it does not decrypt',
  })
  expect(error.cause).toBe(cause)
  expect(String(error)).toBe('TargetedMessageError: it does not decrypt')
  expect('cause' in fail('content', 'without')).toBe(false)
  expect(fail('content', 'with', cause).cause).toBe(cause)
  expect(invalidInput('mend it')).toMatchObject({ code: 'invalid-input', message: 'mend it' })
})

describe('attempt', () => {
  const attempted = (action: () => unknown) => attempt('storage', 'it failed', async () => action())

  test('gives what the action gives', async () => {
    expect(await attempted(() => 5)).toBe(5)
  })

  test('wraps whatever is thrown, as the cause', async () => {
    for (const cause of [new DOMException('engine', 'OperationError'), 'a string', null]) {
      const error = await expectCode(
        attempted(() => {
          throw cause
        }),
        'storage',
      )
      expect(error.message).toBe('it failed')
      expect(error.cause).toBe(cause)
    }
  })

  test('wraps what is thrown before there is a promise', async () => {
    const throws = (): never => {
      throw new TypeError('at once')
    }
    await expectCode(attempt('storage', 'it failed', throws), 'storage')
  })

  test('lets an error with a code of its own pass', async () => {
    const own = fail('padding', 'not all zero')
    const passed = attempted(() => {
      throw own
    })
    await expect(passed).rejects.toBe(own)
  })
})

test('an error of another bundle of this library is told by its name, and stays as it is', async () => {
  const foreign = Object.assign(new Error('replayed'), { name: 'TargetedMessageError', code: 'replay' })
  await expect(attempt('storage', 'it failed', () => Promise.reject(foreign))).rejects.toBe(foreign)
  const other = new Error('not ours')
  await expect(attempt('storage', 'it failed', () => Promise.reject(other))).rejects.toMatchObject({
    cause: other,
  })
})
