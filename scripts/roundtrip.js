// npm run roundtrip: members of a real MLS group send each other targeted messages, with the built package.
import { readOptions } from './roundtrip/options.js'

const options = readOptions('npm run roundtrip --')
await import('./setup.js')
const { ensureDist } = await import('./dist.js')
await ensureDist()
const { roundTrip } = await import('./roundtrip/load.js')
if (!(await roundTrip(options))) process.exitCode = 1
