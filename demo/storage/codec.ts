/** Values of a member as JSON, for encryption as a whole. Bytes and bigints, which JSON lacks, are tagged. */

const tags = { bytes: '$bytes', bigint: '$bigint' } as const

export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value, replace))
}

export function decode(bytes: ArrayBuffer): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), revive)
}

function replace(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { [tags.bigint]: String(value) }
  if (value instanceof Uint8Array) return { [tags.bytes]: toBase64(value) }
  return value
}

function revive(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (tags.bigint in value) return BigInt(String(value[tags.bigint]))
  if (tags.bytes in value) return fromBase64(String(value[tags.bytes]))
  return value
}

/** In pieces, because the number of arguments of a call is limited. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return btoa(binary)
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
