/** Where the fields of a TargetedMessage are, worked out without the library. */

export type FieldName = (typeof layout)[number][0]

/** A byte of a message. */
export interface Place {
  readonly field: FieldName
  readonly part: 'prefix' | 'value'
  /** In its part. */
  readonly index: number
}

/** Lengths in bytes; `<V>` has a length prefix. */
const layout = [
  ['version', 2],
  ['wireFormat', 2],
  ['groupId', '<V>'],
  ['epoch', 8],
  ['recipientLeafIndex', 4],
  ['authenticatedData', '<V>'],
  ['encryptedSenderAuthData', '<V>'],
  ['ciphertext', '<V>'],
] as const

/** Names each byte of a well-formed message. */
export function placesOf(message: Uint8Array): Place[] {
  const places: Place[] = []
  const add = (field: FieldName, part: Place['part'], length: number) => {
    for (let index = 0; index < length; index++) places.push({ field, part, index })
  }
  for (const [field, size] of layout) {
    if (size !== '<V>') {
      add(field, 'value', size)
      continue
    }
    const [prefixLength, length] = readPrefix(message.subarray(places.length))
    add(field, 'prefix', prefixLength)
    add(field, 'value', length)
  }
  if (places.length !== message.length) throw new Error('not a message')
  return places
}

function readPrefix(bytes: Uint8Array): [prefixLength: number, length: number] {
  const prefixLength = 1 << ((bytes[0] ?? 0) >> 6)
  let length = (bytes[0] ?? 0) & 0x3f
  for (let i = 1; i < prefixLength; i++) length = length * 256 + (bytes[i] ?? 0)
  return [prefixLength, length]
}

/** The bytes with one bit changed; bit 0 is the lowest of the first byte. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes)
  out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return out
}
