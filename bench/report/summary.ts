import type { Row } from '../results.js'
import { type Engine, type ResultsByEngine, rowsOf, titles } from './load.js'
import { decimals, type Goal, integer, markdownTable, withGoal } from './markdown.js'

interface Column {
  readonly title: string
  value(rows: readonly Row[]): number
  readonly goals: Record<Engine, number>
  readonly better: Goal['better']
}

const find = (rows: readonly Row[], operation: string, start: string): Row | undefined =>
  rows.find((row) => row.operation === operation && row.name.startsWith(start))

const ratio = (rows: readonly Row[], operation: string, start: string): number =>
  find(rows, operation, start)?.ratio ?? Number.NaN

const overFloor = { node: 1.15, chromium: 1.15, firefox: 1.15, webkit: 1.1 }
const columns: readonly Column[] = [
  {
    title: 'seal ÷ floor',
    value: (rows) => 1 / ratio(rows, 'seal', 'the floor'),
    goals: overFloor,
    better: 'smaller',
  },
  {
    title: 'open ÷ floor',
    value: (rows) => 1 / ratio(rows, 'open', 'the floor'),
    goals: overFloor,
    better: 'smaller',
  },
  {
    title: 'hpke-js ÷ seal',
    value: (rows) => ratio(rows, 'seal', 'composed'),
    goals: { node: 1.5, chromium: 1.3, firefox: 1.25, webkit: 1.05 },
    better: 'greater',
  },
  {
    title: 'hpke-js ÷ open',
    value: (rows) => ratio(rows, 'open', 'composed'),
    goals: { node: 1.6, chromium: 1.4, firefox: 1.6, webkit: 1.2 },
    better: 'greater',
  },
]

/** One message after another: what it costs, and beside it the ratios with their goals. A missed goal is in bold. */
export function summaryTable(results: ResultsByEngine): string {
  const lines = [...results].flatMap(([engine, measured]) =>
    [1, 2].map((suite) => {
      const rows = rowsOf(measured, suite)
      return [
        `${titles[engine]}, suite ${suite}`,
        ...['seal', 'open'].map((operation) =>
          integer(find(rows, operation, 'ours, revision 00')?.microseconds ?? Number.NaN),
        ),
        ...columns.map(({ value, goals, better }) => withGoal(value(rows), { goal: goals[engine], better })),
        decimals(ratio(rows, 'both ends', 'ts-mls: new group'), 1),
      ]
    }),
  )
  const head = ['', 'seal, µs', 'open, µs', ...columns.map(({ title }) => title), 'new group ÷ both']
  return markdownTable(head, lines)
}
