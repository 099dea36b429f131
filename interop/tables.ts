import type { BrowserOutcome } from './files.js'
import type { Row } from './rows.js'
import type { SuiteOutcome } from './run-suite.js'
import { hasTsMls, suiteNamed } from './suites.js'
import { type Count, totalOf } from './tally.js'

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const NONE = '–'
const cell = ({ passed, failed }: Count): string => {
  if (passed + failed === 0) return NONE
  return failed === 0 ? passed.toLocaleString('en') : `**${failed} of ${passed + failed} failed**`
}

/** Suites with the same members side by side, since they have the same rows. */
export const tables = (outcomes: readonly SuiteOutcome[], rows: readonly Row[]): string =>
  [true, false]
    .map((isMixed) => outcomes.filter(({ suite }) => hasTsMls(suiteNamed(suite)) === isMixed))
    .filter((alike) => alike.length > 0)
    .map((alike) => table(alike, rows))
    .join('\n\n')

function table(outcomes: readonly SuiteOutcome[], rows: readonly Row[]): string {
  const cells = rows.map(({ title, counts }) => [title, ...outcomes.map((outcome) => cell(counts(outcome)))])
  return [
    line(['', ...outcomes.map(({ suite }) => `suite ${suite}`)]),
    line(['---', ...outcomes.map(() => '---')]),
    ...cells.filter(([, ...values]) => values.some((value) => value !== NONE)).map(line),
  ].join('\n')
}

export const suiteTable = (outcomes: readonly SuiteOutcome[]): string =>
  [
    line(['suite', 'algorithms', 'members', 'ran in']),
    line(['---', '---', '---', '---']),
    ...outcomes.map(({ suite, node }) => {
      const { algorithms, cast } = suiteNamed(suite)
      const stacks = [...new Set(Object.values(cast))].join(', ')
      return line([suite, algorithms, stacks, `Node ${node}`])
    }),
  ].join('\n')

export const browserTable = (browsers: readonly (readonly BrowserOutcome[])[]): string =>
  [
    line(['', ...browsers.map(([first]) => `${first?.engine} ${first?.version}`)]),
    line(['---', ...browsers.map(() => '---')]),
    ...(browsers[0] ?? []).map(({ suite }) =>
      line([`suite ${suite}`, ...browsers.map((outcomes) => inBrowser(outcomes, suite))]),
    ),
  ].join('\n')

function inBrowser(outcomes: readonly BrowserOutcome[], name: string): string {
  const found = outcomes.find(({ suite }) => suite === name)
  if (found === undefined) throw new Error(`a browser did not run suite ${name}`)
  return found.isSupported ? `${found.opened} opened, ${found.sealed} sealed` : 'lacks the suite'
}

/** Each reason once, with all that it made fail. */
export function failures(outcomes: readonly SuiteOutcome[]): string {
  const lines = outcomes.flatMap(({ suite, counts, guide: ofGuide }) => {
    const all = Object.entries({ ...counts, ...ofGuide })
    return Object.entries(totalOf(counts, ofGuide).reasons).map(([reason, times]) => {
      const hit = all.flatMap(([what, { reasons }]) => (reasons[reason] ? [what] : []))
      return `- Suite ${suite}, ${times} times: ${reason}. In: ${hit.join('; ')}.`
    })
  })
  return lines.length === 0 ? 'Nothing failed.' : `## What failed\n\n${lines.join('\n')}`
}
