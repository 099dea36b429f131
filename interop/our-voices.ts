import { GroupEpoch, type GroupEpochOptions, type Revision } from 'mls-targeted-messages'
import { revisions } from '../tests/support/suites.js'
import type { Voice, VoiceKind } from './member.js'
import { reasonOf } from './tally.js'

/**
 * A member as this library speaks for it, in each revision. A capture that fails is a voice as well: all that it is
 * asked fails with that reason, so that no pair is missing from the count.
 */
export const ourVoices = (
  kind: VoiceKind,
  leafIndex: number,
  capture: (revision: Revision) => GroupEpochOptions,
): Promise<Voice[]> => {
  const create = async (revision: Revision) => {
    try {
      return await GroupEpoch.create(capture(revision))
    } catch (cause) {
      // Not ours any more: to refuse a member is not to refuse a message.
      throw new Error(`no epoch: ${reasonOf(cause)}`, { cause })
    }
  }
  return Promise.all(
    revisions.map(async (revision) => {
      const epoch = create(revision)
      await epoch.catch(() => {})
      return {
        kind,
        revision,
        leafIndex,
        seal: async (content) => (await epoch).seal(content),
        open: async (message) => (await epoch).open(message),
      } satisfies Voice
    }),
  )
}
