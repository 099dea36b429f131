import { expect } from 'vitest'
import { TargetedMessageError } from '../../lib/index.js'
import { hex } from '../support/hex.js'
import { holdsBytes, valuesIn } from '../support/records.js'
import { unhandledRejections } from '../support/unhandled-rejections.js'
import type { Code, Hostile } from './hostile.js'

type Receive = (message: Uint8Array) => unknown

/** How many were refused with each code. */
export type Counts = Partial<Record<Code, number>>

const AT_ONCE = 16

/**
 * Offers each to `receive`, some at the same time. Fails unless each is refused by a TargetedMessageError of one of its
 * codes, with nothing of `secret` in the error or what it refers to, and unless every rejection is handled.
 */
export async function expectRefused(
  receive: Receive,
  hostile: Iterable<Hostile>,
  secret: Uint8Array,
): Promise<Counts> {
  const counts: Counts = {}
  const wrong: string[] = []
  const offer = async ({ name, bytes, codes }: Hostile): Promise<void> => {
    const error = await failureOf(() => receive(bytes))
    if (!(error instanceof TargetedMessageError)) wrong.push(`${name}: ${String(error)}`)
    else if (!codes.includes(error.code)) wrong.push(`${name}: ${error.code}, not ${codes.join(' or ')}`)
    else if (holdsSecret(error, secret)) wrong.push(`${name}: the error holds the plaintext`)
    else counts[error.code] = (counts[error.code] ?? 0) + 1
  }
  const unhandled = await unhandledRejections(async () => {
    const all = [...hostile]
    for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(offer))
  })
  expect(wrong.slice(0, 10), `${wrong.length} were not refused as they should be`).toEqual([])
  expect(unhandled).toEqual([])
  return counts
}

async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action()
  } catch (error) {
    return error
  }
  return 'not refused'
}

/** Whether the error, its stack, or anything it refers to has the secret in it, as bytes or in writing. */
export function holdsSecret(error: unknown, secret: Uint8Array): boolean {
  const written = [new TextDecoder().decode(secret), hex(secret), secret.join()]
  const isWritten = (value: unknown) =>
    typeof value === 'string' && written.some((form) => value.includes(form))
  return holdsBytes(error, secret) || [...valuesIn(error)].some(isWritten)
}
