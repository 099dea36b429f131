import { type Bytes, concat, opaque, Reader, uint16, uint32, uint64 } from '../oracle/wire.js'

/** A message's fields as they are on the wire, each with its length prefix. */
export interface WireFields {
  readonly version: Bytes
  readonly wireFormat: Bytes
  readonly groupId: Bytes
  readonly epoch: Bytes
  readonly recipientLeafIndex: Bytes
  readonly authenticatedData: Bytes
  readonly encryptedSenderAuthData: Bytes
  readonly ciphertext: Bytes
}

export function readFields(message: Uint8Array): WireFields {
  const reader = new Reader(message)
  const fields = {
    version: uint16(reader.uint16()),
    wireFormat: uint16(reader.uint16()),
    groupId: opaque(reader.opaque()),
    epoch: uint64(reader.uint64()),
    recipientLeafIndex: uint32(reader.uint32()),
    authenticatedData: opaque(reader.opaque()),
    encryptedSenderAuthData: opaque(reader.opaque()),
    ciphertext: opaque(reader.opaque()),
  }
  reader.end()
  return fields
}

export const writeFields = (fields: WireFields): Bytes =>
  concat(
    fields.version,
    fields.wireFormat,
    fields.groupId,
    fields.epoch,
    fields.recipientLeafIndex,
    fields.authenticatedData,
    fields.encryptedSenderAuthData,
    fields.ciphertext,
  )

/** A message with other bytes in place of some of its fields. */
export const withFields = (message: Uint8Array, change: Partial<WireFields>): Bytes =>
  writeFields({ ...readFields(message), ...change })

/** What is in a field with a length prefix. */
export const contentOf = (field: Bytes): Bytes => new Reader(field).opaque()

/** Length prefixes that RFC 9420 section 2.1.2 does not allow for these bytes, each followed by them. */
export function wrongLengths(value: Bytes): { readonly name: string; readonly bytes: Bytes }[] {
  const { length } = value
  const wrong = [
    { name: 'reserved prefix 0b11', prefix: concat(uint32(0xc0000000 + length)) },
    { name: 'reserved prefix 0b11, all ones', prefix: Uint8Array.of(0xff) },
    { name: 'the greatest length, 2^30 - 1', prefix: uint32(0xbfffffff) },
    { name: '2^29', prefix: uint32(0xa0000000) },
    { name: 'the greatest length of two bytes', prefix: uint16(0x7fff) },
    { name: 'four bytes where fewer do', prefix: uint32(0x80000000 + length) },
  ]
  if (length < 64) wrong.push({ name: 'two bytes where one does', prefix: uint16(0x4000 + length) })
  return wrong.map(({ name, prefix }) => ({ name, bytes: concat(prefix, value) }))
}
