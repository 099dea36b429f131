// npm run bench: all candidates in Node.
import { availableParallelism } from 'node:os'
import { measure, plan } from './measure.js'
import { PROFILE_TIMES, profile } from './profile.js'
import { saveJson, saveResults } from './report/save.js'
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
saveJson('profile-node', { engine: 'node', version, rows: await profile(1, PROFILE_TIMES) })
await import('./report.js')
