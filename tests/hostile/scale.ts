import { revisions } from '../support/suites.js'
import type { Combination } from './target.js'

/** SLOW=1 does all of what an ordinary run samples, and more of what is random. */
export const isSlow = Boolean(globalThis.process?.env['SLOW'])

export const runs = (ordinary: number, slow: number): number => (isSlow ? slow : ordinary)

/**
 * One suite with X-Wing, one with ML-KEM-768, each with its plug-in. Their messages have over a thousand bytes and a
 * decapsulation takes milliseconds, so on an ordinary run each has one revision: 00, which signs and encrypts in the other
 * order, and 02.
 */
export const postQuantumCombinations: readonly Combination[] = isSlow
  ? revisions.flatMap((revision) => [0xf101, 0xf106].map((cipherSuite) => ({ revision, cipherSuite })))
  : [
      { revision: '00', cipherSuite: 0xf106 },
      { revision: '02', cipherSuite: 0xf101 },
    ]

/** One suite of each kind: of curves every revision. */
export const kinds: readonly Combination[] = [
  ...revisions.flatMap((revision) => [1, 2].map((cipherSuite) => ({ revision, cipherSuite }))),
  ...postQuantumCombinations,
]

/** Whether a suite's KEM is one of these, whose every decapsulation counts. */
export const isPostQuantum = ({ cipherSuite }: Combination): boolean => cipherSuite > 0xf000

/** All of them with SLOW=1; else every `step`th. */
export const sampled = <T>(items: readonly T[], step: number): readonly T[] =>
  isSlow ? items : items.filter((_, i) => i % step === 0)

/** Of the larger curves, which are slow, one revision on an ordinary run. */
export const triedOnce = <C extends Combination>(combinations: readonly C[]): readonly C[] =>
  combinations.filter(({ revision, cipherSuite }) => revision === '02' || cipherSuite < 4 || isSlow)
