// node scripts/bench.js report: writes what was measured into docs/performance.md, its tables and its chart.
import { readFileSync, writeFileSync } from 'node:fs'
import { chart } from './report/chart.js'
import { loadProfiles, loadReceiving, loadResults, loadScale } from './report/load.js'
import { profileTables } from './report/profile-tables.js'
import { receivingSummary, receivingTables } from './report/receiving-tables.js'
import { scaleTables } from './report/scale-tables.js'
import { summaryTable } from './report/summary.js'
import { candidateTables, newGroupTable, postQuantumTables, sizeTable } from './report/tables.js'

const results = loadResults()
const { scale = '', 'fan-out': fanOut = '', ...growth } = scaleTables(loadScale())
const receiving = loadReceiving()

/** By page and place: what stands between `<!-- place -->` and `<!-- end -->`. */
const pages: Record<string, Record<string, string>> = {
  'docs/performance.md': {
    summary: summaryTable(results),
    receiving: receivingSummary(receiving),
    'fan-out': fanOut,
  },
  'docs/performance-tables.md': {
    candidates: candidateTables(results),
    'new-group': newGroupTable(results),
    'post-quantum': postQuantumTables(loadResults('post-quantum-')),
    profiles: profileTables(loadProfiles()),
    receiving: receivingTables(receiving),
    scale,
    ...growth,
    sizes: await sizeTable(),
  },
}

for (const [page, tables] of Object.entries(pages)) {
  let text = readFileSync(page, 'utf8')
  for (const [name, table] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!place.test(text)) throw new Error(`${page} has no place for ${name}`)
    text = text.replace(place, (_, start, end) => `${start}${table}\n${end}`)
  }
  writeFileSync(page, text)
}
writeFileSync('docs/performance.svg', chart(results))
console.log(`${Object.keys(pages).join(', ')} and the chart are up to date`)
