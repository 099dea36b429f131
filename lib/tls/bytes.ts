import { invalidInput } from '../errors.js'

/** Bytes in an ArrayBuffer, as SubtleCrypto takes and returns them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Whether `value` is a Uint8Array, of this realm or another. */
export const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]'

/** Compares without a branch on the contents. Only the lengths, which are public, may end it early. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** A caller's bytes. Throws `invalid-input` for anything but a Uint8Array, and for another length than `length`. */
export function checkBytes(value: unknown, name: string, length?: number): Uint8Array {
  if (!isBytes(value)) throw invalidInput(`${name} must be a Uint8Array`)
  try {
    value.keys()
  } catch (cause) {
    throw invalidInput(`${name} has no bytes any more: its buffer was detached or resized`, cause)
  }
  if (length !== undefined && value.length !== length) {
    throw invalidInput(`${name} must be ${length} bytes long, not ${value.length}`)
  }
  return value
}

/** {@link checkBytes}, and a copy that nobody else can change while a promise is pending. */
export const copyBytes = (value: unknown, name: string, length?: number): Bytes =>
  new Uint8Array(checkBytes(value, name, length))
