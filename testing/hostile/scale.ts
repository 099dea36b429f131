/** SLOW=1 does all of what an ordinary run samples, and more of what is random. */
export const isSlow = Boolean(process.env['SLOW'])

export const runs = (ordinary: number, slow: number): number => (isSlow ? slow : ordinary)

/** All of them with SLOW=1; else every `step`th. */
export const sampled = <T>(items: readonly T[], step: number): readonly T[] =>
  isSlow ? items : items.filter((_, i) => i % step === 0)
