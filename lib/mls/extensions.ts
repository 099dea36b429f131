import type { Bytes } from '../tls/bytes.js'
import type { Reader } from '../tls/reader.js'
import { readVector } from '../tls/vector.js'
import { type Field, opaque, struct, uint16 } from '../tls/writer.js'

/** `Extension`, RFC 9420 section 13. */
export interface Extension {
  /** uint16. */
  readonly extensionType: number
  /** Of any length. */
  readonly extensionData: Uint8Array
}

/** `Extension extensions<V>`. */
export const extensionsField = (extensions: readonly Extension[]): Field =>
  opaque(
    struct(
      ...extensions.map(({ extensionType, extensionData }) =>
        struct(uint16(extensionType), opaque(extensionData)),
      ),
    ),
  )

/** Reads `Extension extensions<V>`; the data are views, not copies. `name` is the structure they are in. */
export const readExtensions = (
  reader: Reader,
  name: string,
): { readonly extensionType: number; readonly extensionData: Bytes }[] =>
  readVector(reader, `${name}.extensions`, (extension) => ({
    extensionType: extension.uint16(),
    extensionData: extension.opaque(),
  }))
