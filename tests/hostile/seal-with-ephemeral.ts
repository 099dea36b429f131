import type { GroupEpoch, SealOptions } from '../../lib/index.js'
import { base64url } from '../support/base64url.js'
import { withSubtle } from '../support/with-subtle.js'

/** A key pair of the cipher suite's KEM, raw. */
export interface EphemeralKeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

/**
 * Seals with a given ephemeral key, which nothing in the package allows: the engine "generates" this one. Nothing else
 * may generate a key meanwhile.
 */
export async function sealWithEphemeral(
  epoch: GroupEpoch,
  options: SealOptions,
  ephemeral: EphemeralKeyPair,
): Promise<Uint8Array> {
  let asked = 0
  const given = async (_: unknown, [algorithm, , usages]: readonly unknown[]): Promise<CryptoKeyPair> => {
    asked += 1
    const importKey = (
      format: string,
      key: unknown,
      extractable: boolean,
      uses: unknown,
    ): Promise<CryptoKey> =>
      Reflect.apply(crypto.subtle.importKey, crypto.subtle, [format, key, algorithm, extractable, uses])
    return {
      privateKey: await importKey('jwk', { ...jwkOf(ephemeral), ...curveOf(algorithm) }, false, usages),
      publicKey: await importKey('raw', ephemeral.publicKey, true, []),
    }
  }
  const message = await withSubtle('generateKey', given, () => epoch.seal(options))
  if (asked !== 1) throw new Error(`seal generated ${asked} key pairs instead of one`)
  return message
}

/** X25519 is known by its name alone. */
function curveOf(algorithm: unknown): { crv: unknown } {
  if (typeof algorithm !== 'object' || algorithm === null) throw new TypeError('no algorithm')
  const { name, namedCurve }: { name?: unknown; namedCurve?: unknown } = algorithm
  return { crv: name === 'ECDH' ? namedCurve : name }
}

function jwkOf({ privateKey, publicKey }: EphemeralKeyPair): {
  kty: string
  x: string
  y?: string
  d: string
} {
  const d = base64url(privateKey)
  if (publicKey.length === 32) return { kty: 'OKP', x: base64url(publicKey), d }
  const half = (publicKey.length - 1) / 2
  return {
    kty: 'EC',
    x: base64url(publicKey.subarray(1, 1 + half)),
    y: base64url(publicKey.subarray(1 + half)),
    d,
  }
}
