import { fail } from '../errors.js'
import { type Bytes, checkBytes } from '../tls/bytes.js'

/** The limit if the application sets none: 16 MiB. */
export const DEFAULT_MAX_MESSAGE_LENGTH = 2 ** 24

/** Throws `too-large`. */
export function checkMessageLength(length: number, maxMessageLength: number): void {
  if (length <= maxMessageLength) return
  throw fail('too-large', `the message has ${length} bytes, and maxMessageLength is ${maxMessageLength}`)
}

/** A caller's message, copied only if it is not too large. Throws `invalid-input`, `too-large`. */
export function copyMessage(message: unknown, maxMessageLength: number): Bytes {
  const given = checkBytes(message, 'message')
  checkMessageLength(given.length, maxMessageLength)
  return new Uint8Array(given)
}
