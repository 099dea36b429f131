export type Bytes = Uint8Array<ArrayBuffer>

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** ASCII labels. */
export const text = (value: string): Bytes => new TextEncoder().encode(value)

export function uint16(value: number): Bytes {
  const out = new Uint8Array(2)
  new DataView(out.buffer).setUint16(0, value)
  return out
}

export function uint32(value: number): Bytes {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

export function uint64(value: bigint): Bytes {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigUint64(0, value)
  return out
}

/** `opaque x<V>`: RFC 9420 2.1.2. */
export function opaque(bytes: Uint8Array): Bytes {
  const length = bytes.length
  if (length < 0x40) return concat(Uint8Array.of(length), bytes)
  if (length < 0x4000) return concat(uint16(0x4000 + length), bytes)
  if (length < 0x40000000) return concat(uint32(0x80000000 + length), bytes)
  throw new Error('malformed: too long for <V>')
}

/** Reads strictly: throws on truncation, non-minimal lengths and, at `end`, trailing bytes. */
export class Reader {
  #at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Bytes {
    if (this.#at + length > this.#bytes.length) throw new Error('malformed: truncated')
    this.#at += length
    return new Uint8Array(this.#bytes.subarray(this.#at - length, this.#at))
  }

  uint16(): number {
    return new DataView(this.take(2).buffer).getUint16(0)
  }

  uint32(): number {
    return new DataView(this.take(4).buffer).getUint32(0)
  }

  uint64(): bigint {
    return new DataView(this.take(8).buffer).getBigUint64(0)
  }

  opaque(): Bytes {
    const start = this.#at
    const prefix = new DataView(this.take(1).buffer).getUint8(0) >> 6
    this.#at = start
    if (prefix === 3) throw new Error('malformed: length prefix 0b11')
    let length: number
    if (prefix === 0) length = new DataView(this.take(1).buffer).getUint8(0)
    else if (prefix === 1) length = this.uint16() - 0x4000
    else length = this.uint32() - 0x80000000
    const minimal = prefix === 0 ? 0 : prefix === 1 ? 0x40 : 0x4000
    if (length < minimal) throw new Error('malformed: length not minimal')
    return this.take(length)
  }

  rest(): Bytes {
    return this.take(this.#bytes.length - this.#at)
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new Error('malformed: trailing bytes')
  }
}
