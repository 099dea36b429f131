import { type Entries, type Outcome, openEntries } from '../../browser-tests/tasks/entries.js'
import type { Library, Revision } from '../../browser-tests/tasks/library.js'
import { type SealAgain, type SealedAgain, sealAgain } from '../../browser-tests/tasks/seal-again.js'

/** Of one suite under one revision. */
export interface GivenVectors {
  readonly suite: number
  readonly revision: Revision
  readonly reference: Entries
  readonly own: Entries
  readonly sealed: readonly SealAgain[]
}

export interface VectorAnswers {
  readonly reference: readonly Outcome[]
  readonly own: readonly Outcome[]
  readonly sealed: readonly SealedAgain[]
}

export const answerVectors = async (library: Library, given: GivenVectors): Promise<VectorAnswers> => ({
  reference: await openEntries(library, given.reference),
  own: await openEntries(library, given.own),
  sealed: await sealAgain(library, given.sealed),
})
