import { concat, opaque, text, uint16 } from '../oracle/wire.js'

type Bytes = Uint8Array<ArrayBuffer>

/** The serialized fields of a LeafNode, RFC 9420 section 7.2. */
export interface LeafNodeFields {
  readonly encryptionKey: Bytes
  readonly signatureKey: Bytes
  readonly credential: Bytes
  readonly capabilities: Bytes
  /** With what follows from it: lifetime, nothing, or parent hash. */
  readonly source: Bytes
  readonly extensions: Bytes
  readonly signature: Bytes
}

const types = (...values: number[]): Bytes => opaque(concat(...values.map(uint16)))

/** A LeafNode of a key package with a basic credential, but for the fields given. */
export function leafNode(fields: Partial<LeafNodeFields> = {}): Bytes {
  const capabilities = concat(types(1), types(1, 2), types(), types(), types(1))
  const all: LeafNodeFields = {
    encryptionKey: opaque(new Uint8Array(32).fill(0xee)),
    signatureKey: opaque(new Uint8Array(32).fill(0x55)),
    credential: concat(uint16(1), opaque(text('alice'))),
    capabilities,
    source: concat(Uint8Array.of(1), new Uint8Array(16)),
    extensions: opaque(new Uint8Array()),
    signature: opaque(new Uint8Array(64)),
    ...fields,
  }
  const { encryptionKey, signatureKey, credential, source, extensions, signature } = all
  return concat(encryptionKey, signatureKey, credential, all.capabilities, source, extensions, signature)
}
