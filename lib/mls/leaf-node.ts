import { uncompressPoint } from '../crypto/ec-point.js'
import type { Bytes } from '../tls/bytes.js'
import { Reader } from '../tls/reader.js'
import { readVector } from '../tls/vector.js'
import { type Extension, readExtensions } from './extensions.js'

/** What targeted messages need from a LeafNode: raw public keys, and its extensions. */
export interface LeafNode {
  readonly encryptionKey: Bytes
  /** An uncompressed point, even if the leaf has a compressed one. */
  readonly signatureKey: Uint8Array
  readonly extensions: readonly Extension[]
}

const credentialType = { basic: 1, x509: 2 }
const leafNodeSource = { keyPackage: 1, update: 2, commit: 3 }

/** {@link readLeafNode}; refuses trailing bytes. Throws `malformed`. */
export function decodeLeafNode(bytes: Bytes): LeafNode {
  const reader = new Reader(bytes, 'LeafNode')
  const leafNode = readLeafNode(reader)
  reader.end()
  return leafNode
}

/** Reads a `LeafNode`, RFC 9420 section 7.2, as views, not copies. It does not validate: the MLS stack has. */
export function readLeafNode(reader: Reader): LeafNode {
  const encryptionKey = reader.opaque()
  const signatureKey = uncompressPoint(reader.opaque())
  if (!signatureKey) throw reader.malformed('signature_key is not a point on its curve')
  readCredential(reader)
  for (const name of ['versions', 'cipher_suites', 'extensions', 'proposals', 'credentials']) {
    readVector(reader, `Capabilities.${name}`, (types) => types.uint16())
  }
  readSource(reader)
  const extensions = readExtensions(reader, 'LeafNode')
  reader.opaque() // signature
  return { encryptionKey, signatureKey, extensions }
}

/** `Credential`, section 5.3. All other types are application-defined, and their form is unknown here. */
function readCredential(reader: Reader): void {
  const type = reader.uint16()
  if (type === credentialType.basic) {
    reader.opaque()
  } else if (type === credentialType.x509) {
    readVector(reader, 'Credential.certificates', (certificates) => certificates.opaque())
  } else {
    throw reader.malformed(`credential type ${type} is neither basic nor x509`)
  }
}

function readSource(reader: Reader): void {
  const source = reader.uint8()
  if (source === leafNodeSource.keyPackage) {
    reader.bytes(16) // lifetime
  } else if (source === leafNodeSource.commit) {
    reader.opaque() // parent_hash
  } else if (source !== leafNodeSource.update) {
    throw reader.malformed(`leaf node source ${source} does not exist`)
  }
}
