/** Compressed points, which some engines import, and RFC 9420 section 5.1.1 does not have. */

import { withSubtle } from '../../testing/stand-in.js'
import { epochPair, type PairJson } from './epochs.js'
import { codeOf, type Library } from './library.js'
import { memberFromJson } from './member.js'

/** The other form of an uncompressed point. */
export function compress(point: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = (point.length - 1) / 2
  const y = point[point.length - 1] ?? 0
  return Uint8Array.of(2 + (y & 1), ...point.subarray(1, 1 + length))
}

/** How the library takes a group whose other member has a compressed key. */
export async function createWithCompressed(
  library: Library,
  { alice, bob, field }: PairJson & { readonly field: 'encryptionKey' | 'signatureKey' },
): Promise<string> {
  const member = memberFromJson(alice)
  const members = member.members.map((other) =>
    other.leafIndex === bob.self.leafIndex ? { ...other, [field]: compress(other[field]) } : other,
  )
  return codeOf(library, () => library.GroupEpoch.create({ ...member, members }))
}

/**
 * How the library takes a message whose KEM output is compressed, and right in all else: it is sealed while the
 * engine gives out the ephemeral key as a compressed point, so that is what is signed and hashed.
 */
export async function openCompressedKemOutput(library: Library, pair: PairJson): Promise<string> {
  const { alice, bob } = await epochPair(library, pair)
  const compressing = async (
    real: () => Promise<unknown>,
    [format]: readonly unknown[],
  ): Promise<unknown> => {
    const exported = await real()
    return format === 'raw' && exported instanceof ArrayBuffer
      ? compress(new Uint8Array(exported)).buffer
      : exported
  }
  const message = await withSubtle('exportKey', compressing, () =>
    alice.seal({ recipientLeafIndex: bob.leafIndex, applicationData: new Uint8Array(5) }),
  )
  return codeOf(library, () => bob.open(message))
}
