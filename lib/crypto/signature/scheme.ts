import type { Bytes } from '../../tls/bytes.js'
import type { KeyKind } from '../key-kind.js'

/** A signature scheme of RFC 8446 section 4.2.3, as RFC 9420 section 5.1.1 has its keys and signatures. */
export interface SignatureScheme<K extends CryptoKey = CryptoKey> extends KeyKind<K> {
  sign(key: K, content: Bytes): Promise<Bytes>
  /** Throws `signature` for bytes that cannot be a signature, and the engine's own error if it fails. */
  verify(key: K, content: Bytes, signature: Bytes): Promise<boolean>
}
