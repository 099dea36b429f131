/** A table in Markdown; all columns but the first are numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** 1234567 is "1,234,567". */
export const integer = (value: number): string => Math.round(value).toLocaleString('en-US')

/** The line above a table: "Measured on 2026-11-25: 2 cores, 60 rounds." */
export const measuredOn = (date: string, ...facts: readonly string[]): string =>
  `Measured on ${[date, facts.join(', ')].filter(Boolean).join(': ')}.`

export const decimals = (value: number, digits = 2): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–'

export interface Goal {
  readonly goal: number
  /** Whether a figure meets its goal by being at least as great, or at most as great. */
  readonly better: 'greater' | 'smaller'
}

/** In bold if the goal is missed. */
export function withGoal(reached: number, { goal, better }: Goal): string {
  const isMet = better === 'greater' ? reached >= goal : reached <= goal
  return `${isMet ? decimals(reached) : `**${decimals(reached)}**`} (${goal})`
}
