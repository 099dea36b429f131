// npm run roundtrip: members of a real MLS group send each other targeted messages, with the built package.
import { readOptions } from './roundtrip/options.js'

const options = readOptions('npm run roundtrip --')
await import('./setup.js')
const { ensureDist } = await import('./dist.js')
await ensureDist()
const { runRoundTrip } = await import('./roundtrip/run.js')
if (!(await runRoundTrip(options))) process.exitCode = 1
