import { Reader } from './reader.js'

/** A vector `T<V>`: items to the end of its bytes (RFC 9420 section 2.1.2). */
export function readVector<T>(
  reader: Reader,
  name: string,
  readItem: (item: Reader, index: number) => T,
): T[] {
  const content = new Reader(reader.opaque(), name)
  const items: T[] = []
  while (!content.atEnd) items.push(readItem(content, items.length))
  return items
}

/** `optional<T>`: the presence octet must be 0 or 1 (RFC 9420 section 2.1.1). */
export function readOptional<T>(reader: Reader, read: (reader: Reader) => T): T | undefined {
  const present = reader.uint8()
  if (present > 1) throw reader.malformed(`the presence octet is ${present}, not 0 or 1,`)
  return present === 1 ? read(reader) : undefined
}
