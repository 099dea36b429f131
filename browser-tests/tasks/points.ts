/** Compressed points, which some engines and MLS stacks take, and RFC 9420 section 5.1.1 does not have. */

import { withSubtle } from '../../tests/support/with-subtle.js'
import { epochPair, type PairJson } from './epochs.js'
import { codeOf, type Library } from './library.js'
import { memberFromJson } from './member.js'

/** The other form of an uncompressed point. */
export function compress(point: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = (point.length - 1) / 2
  const y = point[point.length - 1] ?? 0
  return Uint8Array.of(2 + (y & 1), ...point.subarray(1, 1 + length))
}

/** How the library takes a group whose other member has a compressed key; with one that is taken, a message opens. */
export async function createWithCompressed(
  library: Library,
  { alice, bob }: PairJson,
): Promise<Record<string, string>> {
  const [sender, recipient] = [memberFromJson(bob), memberFromJson(alice)]
  const talk = (change: (key: Uint8Array) => Uint8Array, field: 'encryptionKey' | 'signatureKey') =>
    codeOf(library, async () => {
      const members = recipient.members.map((other) =>
        other.leafIndex === sender.self.leafIndex ? { ...other, [field]: change(other[field]) } : other,
      )
      const opening = await library.GroupEpoch.create({ ...recipient, members })
      const sealing = await library.GroupEpoch.create(sender)
      await opening.open(
        await sealing.seal({
          recipientLeafIndex: recipient.self.leafIndex,
          applicationData: new Uint8Array(5),
        }),
      )
    })
  const noPoint = (key: Uint8Array) => compress(key).fill(0xff, 1)
  return {
    encryptionKey: await talk(compress, 'encryptionKey'),
    signatureKey: await talk(compress, 'signatureKey'),
    'signatureKey that is no point': await talk(noPoint, 'signatureKey'),
  }
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
