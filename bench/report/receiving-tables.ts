import { type ReceivingIn, titles } from './load.js'
import { decimals, integer, markdownTable, measuredOn } from './markdown.js'

/** How messages are received in the short table. */
const SHORT_WAY = '64 at a time'

/** An inbox in memory and one in IndexedDB, in one line for each engine. */
export const receivingSummary = (engines: readonly ReceivingIn[]): string =>
  markdownTable(
    ['', 'in memory, µs each', 'longest block, ms', 'in IndexedDB, µs each', 'longest block, ms'],
    engines.map(({ engine, count, rows }) => [
      titles[engine],
      ...['in memory', 'in IndexedDB'].flatMap((where) => {
        const row = rows.find(({ way }) => way === `${where}, ${SHORT_WAY}`)
        return row ? [integer((1000 * row.milliseconds) / count), decimals(row.longestBlock, 1)] : ['–', '–']
      }),
    ]),
  )

/** Every way to receive, and the controls. */
export const receivingTables = (engines: readonly ReceivingIn[]): string =>
  engines
    .map(({ date, engine, version, count, rows }) => {
      const lines = rows.map((row) => [
        row.way,
        integer((1000 * row.milliseconds) / count),
        decimals(row.longestBlock, 1),
        integer(row.longBlocks),
      ])
      const head = ['', 'µs each', 'longest block, ms', 'blocks over 50 ms']
      const when = measuredOn(date, `${integer(count)} messages`)
      return `### ${titles[engine]} ${version}\n\n${when}\n\n${markdownTable(head, lines)}\n`
    })
    .join('\n')
