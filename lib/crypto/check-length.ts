import { invalidInput } from '../errors.js'
import type { Bytes } from '../tls/bytes.js'

/** Throws `invalid-input` for another length. */
export function checkLength(bytes: Bytes, length: number, name: string): Bytes {
  if (bytes.length === length) return bytes
  throw invalidInput(`${name} is ${length} bytes long, not ${bytes.length}`)
}
