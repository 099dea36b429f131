import { type FactsByEngine, markdownTables } from './table.js'

/** Names the file that the reporter writes after a run that passed; set by `npm run engines`. */
export const pageVariable = 'MTM_ENGINES_PAGE'

export interface RunSummary {
  readonly facts: FactsByEngine
  /** The same in each engine. */
  readonly tests: number
  readonly date: Date
}

export const enginesPage = ({ facts, tests, date }: RunSummary): string => `# What the engines do

Written by \`npm run engines\` on ${date.toISOString().slice(0, 10)}, with Node ${process.versions.node}: ${tests} tests ran in each engine, and passed.
What the suite holds every engine to comes first; the last table tells what differs between the engines themselves.

${markdownTables(facts)}

Two of these differences reach an application through other libraries. Firefox cannot export as JWK an EC key that it
imported from PKCS#8 without the public half; hpke-js, and with it ts-mls, then guesses the sign of the public point, so that
about half of the groups in suites 2, 5 and 7 cannot be joined there. WebKit on Linux fails to generate a key once in a few
hundred times: this library tries again, ts-mls does not.
`
