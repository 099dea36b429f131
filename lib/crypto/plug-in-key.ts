import type { Bytes } from '../tls/bytes.js'

/** A key of a plug-in, which is bytes: in the image of a CryptoKey, and none, so a record never holds it as it is. */
export class PlugInKey implements CryptoKey {
  readonly type = 'secret'
  readonly extractable = false
  readonly usages = []
  readonly algorithm = { name: 'plug-in' }

  /** `bytes` are not copied. */
  constructor(readonly bytes: Bytes) {}
}

/** A buffer with these bytes alone, for a plug-in that may keep what it is given. */
export const own = (bytes: Bytes): ArrayBuffer => bytes.slice().buffer
