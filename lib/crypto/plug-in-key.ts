import type { Bytes } from '../tls/bytes.js'

/** A key of a plug-in: bytes in the shape of a CryptoKey. A record never holds it unencrypted. */
export class PlugInKey implements CryptoKey {
  readonly type = 'secret'
  readonly extractable = false
  readonly usages = []
  readonly algorithm = { name: 'plug-in' }

  /** `bytes` are not copied. */
  constructor(readonly bytes: Bytes) {}
}

/** A buffer with only these bytes, for a plug-in that may keep what it gets. */
export const own = (bytes: Bytes): ArrayBuffer => bytes.slice().buffer
