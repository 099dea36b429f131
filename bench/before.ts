// BENCH_BEFORE=…/dist/index.js node scripts/bench.js before: this build and another one side by side, in suites 1 and 2.
import { pathToFileURL } from 'node:url'
import { GroupEpoch } from 'mls-targeted-messages'
import { compare, DATA_LENGTH, plan } from './measure.js'
import { ours } from './ours.js'
import { formatRows } from './results.js'
import { makeWorld } from './world.js'

const file = process.env['BENCH_BEFORE']
if (file === undefined) throw new Error('BENCH_BEFORE is not set: the index.js of the build to compare with')
const before: typeof import('mls-targeted-messages') = await import(pathToFileURL(file).href)

for (const part of plan(Number(process.env['BENCH_ROUNDS'] ?? 60))) {
  const world = await makeWorld(part.cipherSuite, DATA_LENGTH)
  const makers = (['00', '01', '02'] as const).flatMap((revision) => [
    ours(revision, { GroupEpoch, name: `after, revision ${revision}` }),
    ours(revision, { GroupEpoch: before.GroupEpoch, name: `before, revision ${revision}` }),
  ])
  const candidates = await Promise.all(makers.map((make) => make(world)))
  console.log(`${formatRows(await compare(candidates.flat(), part))}\n`)
}
