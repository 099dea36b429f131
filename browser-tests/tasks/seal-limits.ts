import { withSubtle } from '../../tests/support/with-subtle.js'
import { epochPair, type PairJson } from './epochs.js'
import { codeOf, type Library, refusal } from './library.js'
import { memberFromJson } from './member.js'

/** How sealing goes while the engine fails to generate keys, so many times. */
export async function sealWithFailures(
  library: Library,
  { failures, ...pair }: PairJson & { readonly failures: number },
): Promise<{ code: string; cause?: string }> {
  const { alice, bob } = await epochPair(library, pair)
  let failed = 0
  const failing = (real: () => Promise<unknown>): Promise<unknown> => {
    if (failed === failures) return real()
    failed += 1
    return Promise.reject(new DOMException('', 'OperationError'))
  }
  try {
    const applicationData = new Uint8Array(5)
    const message = await withSubtle('generateKey', failing, () =>
      alice.seal({ recipientLeafIndex: bob.leafIndex, applicationData }),
    )
    await bob.open(message)
    return { code: 'not refused' }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof DOMException ? error.cause.name : 'none'
    return { code: refusal(library, error), cause }
  }
}

/** How sealing and opening go with more context than some engines' HKDF takes. */
export function talkAtLength(library: Library, pair: PairJson): Promise<string> {
  const groupContext = new Uint8Array(70_000).fill(7)
  return codeOf(library, async () => {
    const alice = await library.GroupEpoch.create({ ...memberFromJson(pair.alice), groupContext })
    const bob = await library.GroupEpoch.create({ ...memberFromJson(pair.bob), groupContext })
    const message = await alice.seal({
      recipientLeafIndex: bob.leafIndex,
      applicationData: new Uint8Array(100_000).fill(5),
      authenticatedData: new Uint8Array(20_000).fill(6),
    })
    const { applicationData, authenticatedData } = await bob.open(message)
    const sum = [...applicationData, ...authenticatedData].reduce((total, byte) => total + byte, 0)
    if (sum !== 100_000 * 5 + 20_000 * 6) throw new Error('other bytes than were sealed')
  })
}
