/** What every runtime is given, and what it must answer. */

import { ownVectorsOf } from '../browser-tests/own-vectors.js'
import { outcomesInNode, reference } from '../browser-tests/reference.js'
import type { Outcome } from '../browser-tests/tasks/entries.js'
import { allSuites, revisions } from '../browser-tests/tasks/library.js'
import type { SealedAgain } from '../browser-tests/tasks/seal-again.js'
import type { GivenVectors } from './program/vectors.js'

/** The vectors of one suite under one revision. */
export interface Case {
  readonly given: GivenVectors
  readonly expected: {
    readonly reference: readonly Outcome[]
    readonly own: readonly Outcome[]
    readonly sealed: readonly SealedAgain[]
  }
}

/** Refusals are those of the Node that runs this; its unit tests know each code. */
export const makeCases = (): Promise<Case[]> =>
  Promise.all(
    allSuites.flatMap((suite) =>
      revisions.map(async (revision): Promise<Case> => {
        const { given, opened, refused } = reference(revision, suite)
        const own = ownVectorsOf(revision, suite)
        const inNode = await outcomesInNode(revision, suite)
        const refusals = refused.map((name) => ({ name, outcome: inNode.get(name) ?? 'nothing' }))
        return {
          given: { suite, revision, reference: given, own: own.open.given, sealed: own.seal.given },
          expected: {
            reference: [...opened, ...refusals],
            own: own.open.expected,
            sealed: own.seal.expected,
          },
        }
      }),
    ),
  )
