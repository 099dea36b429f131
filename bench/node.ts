// npm run bench: all candidates in Node.
import { availableParallelism } from 'node:os'
import { measure, plan } from './measure.js'
import { saveResults } from './report/save.js'
import { formatRows, type Row } from './results.js'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 60)
const rows: Row[] = []
for (const part of plan(rounds)) {
  const measured = await measure(part)
  console.log(`${formatRows(measured)}\n`)
  rows.push(...measured)
}
const { node: version } = process.versions
saveResults({ engine: 'node', version, cores: availableParallelism(), rounds, rows })
await import('./report.js')
