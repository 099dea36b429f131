/** What each runtime must answer about post-quantum suites. */

import { expect } from 'vitest'
import { type OwnVectorsOfSuite, postQuantumVectors } from '../browser-tests/own-vectors.js'
import { suiteNames, suites } from '../tests/post-quantum/members.js'
import { kemIds } from '../tests/post-quantum/talk.js'
import { nativeKems, type Way } from '../tests/post-quantum/ways.js'
import { postQuantumSuites } from '../tests/support/groups/groups.js'
import { revisions } from '../tests/support/suites.js'
import type { GivenPostQuantum, PostQuantumAnswers } from './program/post-quantum.js'

const mlKem = ['ML-KEM-768', 'ML-KEM-1024']
const mlDsa = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87']

/** By runtime, the KEMs of its SubtleCrypto, and then its signatures; the others have none. */
const native: Readonly<Record<string, readonly string[]>> = {
  'Node 24': [...mlKem, ...mlDsa],
  'Node 26': [...mlKem, 'MLKEM768-X25519', ...mlDsa],
  Deno: [...mlKem, ...mlDsa],
  Bun: [...mlKem, ...mlDsa],
}

interface PostQuantumCase {
  readonly given: GivenPostQuantum
  readonly expected: { readonly opened: unknown; readonly sealed: unknown; readonly count: number }
}

const caseOf = ({ open, seal }: OwnVectorsOfSuite, kem: string): PostQuantumCase => ({
  given: { kem, open: open.given, seal: seal.given },
  expected: { opened: open.expected, sealed: seal.expected, count: open.expected.length },
})

const cases = suiteNames.flatMap((name) =>
  revisions.map((revision) =>
    caseOf(postQuantumVectors(revision, [suites[name].native.id]), suites[name].native.kem.name),
  ),
)

export const givenPostQuantum: readonly GivenPostQuantum[] = cases.map(({ given }) => given)

type Row = (runtime: string, answers: PostQuantumAnswers) => string

/** By feature, a check that gives what the table says. */
export const postQuantumRows: Readonly<Record<string, Row>> = {
  'post-quantum KEMs and signatures of its SubtleCrypto': (runtime, answers) => {
    const known = native[runtime] ?? []
    expect(answers.native).toEqual(known)
    return known.join(', ') || 'none'
  },

  'post-quantum groups of ts-mls 1': (runtime, { talks }) => {
    const known = native[runtime] ?? []
    const nativeIds = Object.values(nativeKems).flatMap(({ name, id }) => (known.includes(name) ? [id] : []))
    for (const suite of postQuantumSuites) {
      // Each revision; each way of sealing with each of opening.
      const ways = nativeIds.includes(kemIds[suite]) ? 2 : 1
      expect(talks[suite], `suite ${suite}`).toHaveLength(revisions.length * ways * ways)
    }
    return `${postQuantumSuites.length} suites, ${known.length > 0 ? 'native and plug-in' : 'plug-in'}`
  },

  'own vectors of post-quantum suites': (runtime, { vectors }) => {
    let count = 0
    expect(vectors).toHaveLength(cases.length)
    for (const [i, { given, expected }] of cases.entries()) {
      const ways: Way[] = native[runtime]?.includes(given.kem) ? ['plug-in', 'native'] : ['plug-in']
      const { opened, sealed } = expected
      expect(vectors[i]).toEqual(Object.fromEntries(ways.map((way) => [way, { opened, sealed }])))
      count += expected.count
    }
    return `${count} opened, sealed again`
  },
}
