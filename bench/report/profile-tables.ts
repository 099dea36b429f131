import type { ProfileRow } from '../profile.js'
import { type ProfileIn, titles } from './load.js'
import { integer, markdownTable, measuredOn } from './markdown.js'

/** For each engine and operation: our calls in order, and beside them the same calls of the floor. */
export const profileTables = (profiles: readonly ProfileIn[]): string =>
  profiles
    .flatMap(({ date, engine, version, rows }) =>
      ['seal', 'open'].map((operation) => {
        const [ours = [], floor = []] = byCandidate(rows.filter((row) => row.operation === operation))
        const lines = ours.map((row, i) => {
          const nth = ours.slice(0, i).filter(({ call }) => call === row.call).length
          const same = floor.filter(({ call }) => call === row.call)[nth]
          return [row.call, ...cells(row), ...(same ? cells(same) : ['–', '–', '–'])]
        })
        const head = ['call', 'ours: begins', 'holds', 'done', 'floor: begins', 'holds', 'done']
        return `### ${titles[engine]} ${version}, ${operation}\n\n${measuredOn(date)}\n\n${markdownTable(head, lines)}\n`
      }),
    )
    .join('\n')

const cells = ({ begins, holds, done }: ProfileRow): string[] => [begins, holds, done].map(integer)

/** Ours first. */
const byCandidate = (rows: readonly ProfileRow[]): ProfileRow[][] =>
  [...new Set(rows.map(({ candidate }) => candidate))].map((name) =>
    rows.filter(({ candidate }) => candidate === name),
  )
