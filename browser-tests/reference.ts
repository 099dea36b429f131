/** The reference vectors, as a page is given them and as it must answer. */

import { hex } from '../tests/support/hex.js'
import { type ReferenceGroup, referenceMember, referenceVectors } from '../tests/vectors/reference.js'
import { libraryInNode } from './package/served.js'
import { type Entries, type Outcome, openEntries } from './tasks/entries.js'
import type { Revision } from './tasks/library.js'
import { type MemberJson, memberToJson } from './tasks/member.js'

export interface Reference {
  readonly given: Entries
  /** The messages that must be opened, with what is in them, in the order in which they are given. */
  readonly opened: readonly Outcome[]
  /** The names of those that must be refused, which follow. */
  readonly refused: readonly string[]
}

export function reference(revision: Revision, suite: number): Reference {
  const group = groupOf(revision, suite)
  const leaves = group.members.map(({ leafIndex }) => leafIndex)
  const entries = [...group.messages, ...group.rejects].map(
    ({ name, recipientLeafIndex, targetedMessage }) => ({
      name,
      recipient: leaves.indexOf(recipientLeafIndex),
      message: hex(targetedMessage),
    }),
  )
  return {
    given: {
      recipients: leaves.map((leafIndex) =>
        memberToJson(revision, referenceMember(revision, group, leafIndex)),
      ),
      entries,
    },
    opened: group.messages.map((message) => ({
      name: message.name,
      outcome: 'opened',
      senderLeafIndex: message.senderLeafIndex,
      applicationData: hex(message.applicationData),
      authenticatedData: hex(message.authenticatedData),
    })),
    refused: group.rejects.map(({ name }) => name),
  }
}

/** Two members of one group, as a test gives them. */
export type PairJson = { readonly alice: MemberJson; readonly bob: MemberJson }

/** The first two members of the reference group. */
export function referencePair(revision: Revision, suite: number): PairJson {
  const [alice, bob] = reference(revision, suite).given.recipients
  if (alice === undefined || bob === undefined) throw new Error('the reference group has no two members')
  return { alice, bob }
}

/** What Node makes of them, by name. */
export async function outcomesInNode(revision: Revision, suite: number): Promise<Map<string, string>> {
  const library = await libraryInNode()
  // Suite 3 differs from suite 1 in the AEAD alone, which Node has in newer versions only: the codes are the same.
  const supported = (await library.supportedCipherSuites()).includes(suite)
  const { given } = reference(revision, supported ? suite : 1)
  const outcomes = await openEntries(library, given)
  return new Map(outcomes.map(({ name, outcome }) => [name, outcome]))
}

function groupOf(revision: Revision, suite: number): ReferenceGroup {
  const group = referenceVectors(revision).groups.find(({ cipherSuite }) => cipherSuite === suite)
  if (group === undefined) throw new Error(`reference-${revision}.json has no group of suite ${suite}`)
  return group
}
