/** What travels over the broker. */

import { joined } from '../bytes.js'
import type { Posted } from './delivery-service.js'

/** The order of the topic is the order of both kinds. */
const kinds = ['parcel', 'ask'] as const

export interface Frame extends Posted {
  readonly kind: (typeof kinds)[number]
}

const idLength = 36
const text = { encoder: new TextEncoder(), decoder: new TextDecoder() }

/** One octet for the kind, 36 for the id (a UUID as text), and the rest. */
export function encodeFrame({ kind, id, bytes }: Frame): Uint8Array {
  return joined([Uint8Array.of(kinds.indexOf(kind)), text.encoder.encode(id), bytes])
}

/** Undefined if it is not one of ours: anybody with the broker's address can publish. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  const kind = kinds[bytes[0] ?? kinds.length]
  const id = text.decoder.decode(bytes.subarray(1, 1 + idLength))
  if (kind === undefined || !/^[0-9a-f-]{36}$/.test(id)) return undefined
  return { kind, id, bytes: bytes.slice(1 + idLength) }
}

/** Each entry as a frame, after its length in four octets. */
export function encodeHistory(entries: readonly Posted[]): Uint8Array {
  return joined(
    entries.flatMap((entry) => {
      const frame = encodeFrame({ kind: 'parcel', ...entry })
      const length = new DataView(new ArrayBuffer(4))
      length.setUint32(0, frame.length)
      return [new Uint8Array(length.buffer), frame]
    }),
  )
}

export function decodeHistory(bytes: Uint8Array): readonly Posted[] {
  const entries: Posted[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + view.getUint32(at)
    const frame = decodeFrame(bytes.subarray(at + 4, end))
    if (frame) entries.push({ id: frame.id, bytes: frame.bytes })
    at = end
  }
  return entries
}
