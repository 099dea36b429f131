import { measureSizes } from '../../scripts/sizes.js'
import { type ResultsByEngine, rowsOf, titles } from './load.js'
import { decimals, integer, markdownTable, measuredOn, withGoal } from './markdown.js'

/** Seal and open together against a new group, in time and bytes. */
export function newGroupTable(results: ResultsByEngine): string {
  const lines = [...results].flatMap(([engine, measured]) =>
    [1, 2].map((suite) => {
      const rows = rowsOf(measured, suite)
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

/** What the native way costs over the floor, and a new group in the same suite; then every figure. */
export function postQuantumTables(results: ResultsByEngine): string {
  const lines = [...results].flatMap(([engine, measured]) =>
    [83, 79].map((suite) => {
      const rows = rowsOf(measured, suite)
      const over = (operation: string) => {
        const floor = rows.find((row) => row.operation === operation && row.name.startsWith('the floor'))
        return floor ? withGoal(1 / floor.ratio, { goal: 1.15, better: 'smaller' }) : 'plug-in'
      }
      const group = rows.find(({ name }) => name.startsWith('ts-mls: new group'))
      const bytes = rows[0]?.bytes ?? Number.NaN
      return [
        `${titles[engine]}, ${suite === 83 ? 'X-Wing' : 'ML-KEM-768'}`,
        over('seal'),
        over('open'),
        integer(bytes),
        decimals(group?.ratio ?? Number.NaN, 1),
        decimals((group?.bytes ?? Number.NaN) / bytes, 1),
      ]
    }),
  )
  if (lines.length === 0) return ''
  const head = ['', 'seal ÷ floor', 'open ÷ floor', 'bytes', 'new group ÷ both', 'its bytes ÷ ours']
  return `${markdownTable(head, lines)}\n\n${candidateTables(results)}`
}

/** Every figure of every engine. */
export const candidateTables = (results: ResultsByEngine): string =>
  [...results]
    .map(([engine, { date, version, cores, rounds, rows }]) => {
      const lines = rows.map((row) => [
        `${row.name}, ${row.operation}`,
        `${row.cipherSuite}`,
        row.mode,
        integer(row.microseconds),
        decimals(row.ratio),
        row.bytes === null ? '' : integer(row.bytes),
      ])
      const head = ['candidate', 'suite', 'mode', 'µs each', '× ours', 'bytes']
      const where = measuredOn(date, `${cores} cores`, `${rounds} rounds`)
      return `### ${titles[engine]} ${version}\n\n${where}\n\n${markdownTable(head, lines)}\n`
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
