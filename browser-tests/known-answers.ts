/** The known answers of other implementations, as a page is given them and as it must answer. */

import { knownAnswers, recipientOf } from '../tests/vectors/known-answers.js'
import type { Entries, Outcome } from './tasks/entries.js'
import type { Revision } from './tasks/library.js'
import { memberToJson } from './tasks/member.js'

export interface GivenKnownAnswers {
  readonly given: Entries
  readonly expected: readonly Outcome[]
}

/** Undefined if the vectors are not beside the repository. */
export function givenKnownAnswers(revision: Revision): GivenKnownAnswers | undefined {
  const vectors = knownAnswers(revision)
  if (vectors === undefined) return undefined
  return {
    given: {
      recipients: vectors.map((vector) => memberToJson(revision, recipientOf(revision, vector))),
      entries: vectors.map(({ group_id: name, targeted_message: message }, recipient) => ({
        name,
        recipient,
        message,
      })),
    },
    expected: vectors.map((vector) => ({
      name: vector.group_id,
      outcome: 'opened',
      senderLeafIndex: vector.sender_leaf_index,
      applicationData: vector.application_data,
      authenticatedData: vector.authenticated_data,
    })),
  }
}
