// npm run bench, npm run bench:scale: runs a file of bench/ around the built package in Node.
import { ensureDist } from './dist.js'
import { builtEntries } from './entries.js'
import { runTypeScript } from './typescript.js'

const [entry = 'node'] = process.argv.slice(2)
await ensureDist()
await runTypeScript(`bench/${entry}.ts`, builtEntries())
