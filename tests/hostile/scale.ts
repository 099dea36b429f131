import { isPeculiar } from '../support/runtime.js'
import type { Combination } from './target.js'

/** SLOW=1 does all of what an ordinary run samples, and more of what is random. */
export const isSlow = Boolean(globalThis.process?.env['SLOW'])

export const runs = (ordinary: number, slow: number): number => (isSlow ? slow : ordinary)

/** All of them with SLOW=1; else every `step`th. */
export const sampled = <T>(items: readonly T[], step: number): readonly T[] =>
  isSlow ? items : items.filter((_, i) => i % step === 0)

/** On the second WebCrypto one revision is enough: no revision asks it for anything else. */
export const tried = <C extends Combination>(combinations: readonly C[]): readonly C[] =>
  combinations.filter(({ revision }) => revision === '02' || !isPeculiar || isSlow)

/** Of the larger curves, which are slow, one revision on an ordinary run. */
export const triedOnce = <C extends Combination>(combinations: readonly C[]): readonly C[] =>
  tried(combinations).filter(({ revision, cipherSuite }) => revision === '02' || cipherSuite < 4 || isSlow)
