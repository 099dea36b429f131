import { measureSizes } from '../../scripts/sizes.js'
import type { Results, Row } from '../results.js'
import { type Engine, engines, type ResultsByEngine, titles } from './load.js'
import { decimals, integer, markdownTable } from './markdown.js'

const SEQUENTIAL = 'one after another'
const suites = [1, 2] as const

interface Target {
  readonly title: string
  readonly goals: Record<Engine, number>
  /** Whether the figure meets the goal by being as great, or as small. */
  readonly better: 'greater' | 'smaller'
  value(rows: readonly Row[]): number
}

const ratioOf =
  (operation: string, start: string) =>
  (rows: readonly Row[]): number =>
    rows.find(({ name, ...row }) => row.operation === operation && name.startsWith(start))?.ratio ??
    Number.NaN

const overFloor = { node: 1.15, chromium: 1.15, firefox: 1.15, webkit: 1.1 }
const targets: readonly Target[] = [
  {
    title: 'seal, times faster than composed on hpke-js',
    goals: { node: 1.5, chromium: 1.3, firefox: 1.25, webkit: 1.05 },
    better: 'greater',
    value: ratioOf('seal', 'composed'),
  },
  {
    title: 'open, times faster than composed on hpke-js',
    goals: { node: 1.6, chromium: 1.4, firefox: 1.6, webkit: 1.2 },
    better: 'greater',
    value: ratioOf('open', 'composed'),
  },
  {
    title: 'seal over the floor',
    goals: overFloor,
    better: 'smaller',
    value: (rows) => 1 / ratioOf('seal', 'the floor')(rows),
  },
  {
    title: 'open over the floor',
    goals: overFloor,
    better: 'smaller',
    value: (rows) => 1 / ratioOf('open', 'the floor')(rows),
  },
]

const rowsOf = ({ rows }: Results, cipherSuite: number, mode: string): Row[] =>
  rows.filter((row) => row.cipherSuite === cipherSuite && row.mode === mode)

/** What was reached, with the goal beside it, in bold where it is missed. */
export function targetTable(results: ResultsByEngine): string {
  const lines = targets.flatMap(({ title, goals, better, value }) =>
    suites.map((suite) => [
      `${title}, suite ${suite}`,
      ...engines.map((engine) => {
        const measured = results.get(engine)
        if (!measured) return '–'
        const reached = value(rowsOf(measured, suite, SEQUENTIAL))
        const met = better === 'greater' ? reached >= goals[engine] : reached <= goals[engine]
        const text = decimals(reached)
        return `${met ? text : `**${text}**`} (${goals[engine]})`
      }),
    ]),
  )
  return markdownTable(['', ...engines.map((engine) => titles[engine])], lines)
}

/** Seal and open together against a new group, in time and bytes. */
export function newGroupTable(results: ResultsByEngine): string {
  const lines = [...results].flatMap(([engine, measured]) =>
    suites.map((suite) => {
      const rows = rowsOf(measured, suite, SEQUENTIAL)
      const group = rows.find(({ name }) => name.startsWith('ts-mls: new group'))
      const bytes = rows[0]?.bytes ?? Number.NaN
      return [
        `${titles[engine]}, suite ${suite}`,
        decimals(group?.ratio ?? Number.NaN, 1),
        decimals((group?.bytes ?? Number.NaN) / bytes, 1),
      ]
    }),
  )
  return markdownTable(['', 'times faster', 'times smaller'], lines)
}

/** Every figure of every engine. */
export const candidateTables = (results: ResultsByEngine): string =>
  [...results]
    .map(([engine, { version, cores, rounds, rows }]) => {
      const lines = rows.map((row) => [
        `${row.name}, ${row.operation}`,
        `${row.cipherSuite}`,
        row.mode,
        integer(row.microseconds),
        decimals(row.ratio),
        row.bytes === null ? '' : integer(row.bytes),
      ])
      const head = ['candidate', 'suite', 'mode', 'µs each', '× ours', 'bytes']
      return `### ${titles[engine]} ${version}\n\n${cores} cores, ${rounds} rounds.\n\n${markdownTable(head, lines)}\n`
    })
    .join('\n')

export async function sizeTable(): Promise<string> {
  const lines = (await measureSizes()).map(({ name, gzipped, minified, budget }) => [
    name,
    integer(gzipped),
    budget === undefined ? '' : integer(budget),
    integer(minified),
  ])
  return markdownTable(['import', 'gzipped', 'budget', 'minified'], lines)
}
