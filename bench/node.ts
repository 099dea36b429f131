// npm run bench: all candidates in Node.
import { availableParallelism } from 'node:os'
import { type Mode, measure } from './measure.js'
import { saveResults } from './report/save.js'
import { formatRows, type Row } from './results.js'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 25)
const modes: readonly Mode[] = ['one after another', '64 in flight']
const rows: Row[] = []
for (const cipherSuite of [1, 2]) {
  for (const mode of modes) {
    const measured = await measure({ cipherSuite, mode, rounds, time: 40 })
    console.log(`${formatRows(measured)}\n`)
    rows.push(...measured)
  }
}
const { node: version } = process.versions
saveResults({ engine: 'node', version, cores: availableParallelism(), rounds, rows })
