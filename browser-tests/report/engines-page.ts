import { type FactsByEngine, markdownTables } from './table.js'

/** Names the file that the reporter writes after a run that passed; set by `npm run engines`. */
export const pageVariable = 'MTM_ENGINES_PAGE'

export interface RunSummary {
  readonly facts: FactsByEngine
  /** The same in each engine. */
  readonly tests: number
  readonly date: Date
}

/** What the suite writes into docs/engines.md. */
export const enginesPart = ({ facts, tests, date }: RunSummary): string =>
  `Written by \`npm run engines\` on ${date.toISOString().slice(0, 10)}, with Node ${process.versions.node}: ${tests} tests ran in each engine, and passed.
What the suite holds every engine to comes first; the last table tells what differs between the engines themselves.

${markdownTables(facts)}`
