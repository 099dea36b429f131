import { hex } from '../../tests/support/hex.js'
import { makeCouple } from './couples.js'
import type { Entries, Entry, Outcome } from './entries.js'
import { type Library, revisions } from './library.js'
import { type MemberJson, memberToJson } from './member.js'

export type ForOthers = Entries & { readonly expected: readonly Outcome[] }

/** Messages sealed here, with what their recipients need to open them elsewhere. */
export async function sealForOthers(library: Library, suites: readonly (1 | 2)[]): Promise<ForOthers> {
  const recipients: MemberJson[] = []
  const entries: Entry[] = []
  const expected: Outcome[] = []
  for (const suite of suites) {
    const [alice, bob] = await makeCouple(suite)
    for (const revision of revisions) {
      const name = `suite ${suite}, revision ${revision}`
      const applicationData = new TextEncoder().encode(`${name} – ✓`)
      const authenticatedData = crypto.getRandomValues(new Uint8Array(20))
      const epoch = await library.GroupEpoch.create({ ...alice, revision })
      const message = await epoch.seal({ recipientLeafIndex: 1, applicationData, authenticatedData })
      entries.push({ name, recipient: recipients.length, message: hex(message) })
      recipients.push(memberToJson(revision, bob))
      expected.push({
        name,
        outcome: 'opened',
        senderLeafIndex: 0,
        applicationData: hex(applicationData),
        authenticatedData: hex(authenticatedData),
      })
    }
  }
  return { recipients, entries, expected }
}
