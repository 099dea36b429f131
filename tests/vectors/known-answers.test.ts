import { describe, expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { unhex } from '../support/hex.js'
import { revisions } from '../support/suites.js'
import { knownAnswers, recipientOf } from './known-answers.js'

describe.each(revisions)('known answers of other implementations, revision %s', (revision) => {
  const vectors = knownAnswers(revision)

  test.skipIf(vectors === undefined)('there are three', () => expect(vectors).toHaveLength(3))

  test.each(vectors ?? [])('group $group_id', async (vector) => {
    const epoch = await GroupEpoch.create(recipientOf(revision, vector))
    expect(await epoch.open(unhex(vector.targeted_message))).toEqual({
      senderLeafIndex: vector.sender_leaf_index,
      applicationData: unhex(vector.application_data),
      authenticatedData: unhex(vector.authenticated_data),
    })
  })
})
