// node scripts/bench.js report: writes what was measured into docs/performance.md and its chart.
import { readFileSync, writeFileSync } from 'node:fs'
import { chart } from './report/chart.js'
import { loadProfiles, loadReceiving, loadResults, loadScale } from './report/load.js'
import { profileTables } from './report/profile-tables.js'
import { receivingTable, scaleTables } from './report/scale-tables.js'
import { candidateTables, newGroupTable, sizeTable, targetTable } from './report/tables.js'

const document = 'docs/performance.md'
const results = loadResults()
const tables: Record<string, string> = {
  targets: targetTable(results),
  'new-group': newGroupTable(results),
  candidates: candidateTables(results),
  sizes: await sizeTable(),
  ...scaleTables(loadScale()),
  profiles: profileTables(loadProfiles()),
  receiving: receivingTable(loadReceiving()),
}

let text = readFileSync(document, 'utf8')
for (const [name, table] of Object.entries(tables)) {
  const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`)
  if (!place.test(text)) throw new Error(`${document} has no place for ${name}`)
  text = text.replace(place, (_, start, end) => `${start}${table}\n${end}`)
}
writeFileSync(document, text)
writeFileSync('docs/performance.svg', chart(results))
console.log(`${document} and its chart are up to date`)
