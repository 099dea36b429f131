import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { MLS10 } from './envelope.js'
import { readExtensions } from './extensions.js'
import { type LeafNode, readLeafNode } from './leaf-node.js'

/** `WireFormat` mls_key_package, RFC 9420 section 6. */
const MLS_KEY_PACKAGE = 5

/**
 * The LeafNode of an MLSMessage that carries a KeyPackage (RFC 9420 section 10). It is not validated: the MLS stack
 * does that. Throws `malformed`.
 */
export function decodeKeyPackage(bytes: Bytes): LeafNode {
  const reader = new Reader(bytes, 'KeyPackage')
  const head = [reader.uint16(), reader.uint16(), reader.uint16()]
  if (head.join() !== [MLS10, MLS_KEY_PACKAGE, MLS10].join()) {
    throw reader.malformed('it is not an MLSMessage of mls10 with a KeyPackage')
  }
  reader.uint16() // cipher_suite
  reader.opaque() // init_key
  const leafNode = readLeafNode(reader)
  readExtensions(reader, 'KeyPackage')
  reader.opaque() // signature
  reader.end()
  return leafNode
}
