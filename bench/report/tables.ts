import { measureSizes } from '../../scripts/sizes.js'
import { type ResultsByEngine, rowsOf, titles } from './load.js'
import { decimals, integer, markdownTable, measuredOn } from './markdown.js'

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
