// node scripts/bench.js post-quantum-node: the post-quantum candidates in the Node that runs this; 26 has X-Wing.
import { availableParallelism } from 'node:os'
import { plan } from './measure.js'
import { measurePostQuantum, postQuantumSuites } from './post-quantum.js'
import { saveJson } from './report/save.js'
import { formatRows, type Row } from './results.js'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 60)
const rows: Row[] = []
for (const part of plan(rounds, postQuantumSuites)) {
  const measured = await measurePostQuantum(part)
  console.log(`${formatRows(measured)}\n`)
  rows.push(...measured)
}
const { node: version } = process.versions
saveJson('post-quantum-node', { engine: 'node', version, cores: availableParallelism(), rounds, rows })
await import('./report.js')
