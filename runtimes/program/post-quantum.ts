/** Post-quantum suites in a runtime: with plug-ins, and natively where its SubtleCrypto has the KEM. */

import {
  answerVectors,
  type VectorsAnswered,
  type VectorsGiven,
} from '../../browser-tests/post-quantum/vectors.js'
import { type Arrival, talkInSuite } from '../../tests/post-quantum/talk.js'
import { nativeKems, nativeSignatures, type Way } from '../../tests/post-quantum/ways.js'
import { postQuantumSuites, tsMls1 } from '../../tests/support/groups/groups.js'

/** The vectors of one suite under one revision, and what SubtleCrypto calls its KEM. */
export type GivenPostQuantum = Omit<VectorsGiven, 'way'> & { readonly kem: string }

export interface PostQuantumAnswers {
  /** The KEMs and signatures of SubtleCrypto, by name. */
  readonly native: readonly string[]
  /** By suite of ts-mls, what arrived in a real group; or the error. */
  readonly talks: Readonly<Record<number, readonly Arrival[] | string>>
  /** In the order in which they were given. */
  readonly vectors: readonly Partial<Record<Way, VectorsAnswered>>[]
}

export async function answerPostQuantum(given: readonly GivenPostQuantum[]): Promise<PostQuantumAnswers> {
  const all = [...Object.values(nativeKems), ...Object.values(nativeSignatures)]
  const answers = await Promise.all(all.map((one) => one.isSupported()))
  const native = all.filter((_, i) => answers[i]).map(({ name }) => name)
  const talks: Record<number, readonly Arrival[] | string> = {}
  for (const suite of postQuantumSuites) talks[suite] = await talkInSuite(tsMls1, suite).catch(String)
  const vectors: Partial<Record<Way, VectorsAnswered>>[] = []
  for (const { kem, ...vector } of given) {
    const plugIn = await answerVectors({ ...vector, way: 'plug-in' })
    const own = native.includes(kem) ? { native: await answerVectors({ ...vector, way: 'native' }) } : {}
    vectors.push({ 'plug-in': plugIn, ...own })
  }
  return { native, talks, vectors }
}
