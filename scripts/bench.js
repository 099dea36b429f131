// npm run bench, npm run bench:scale: bundles a file of bench/ around the built package and runs it in Node.
import { ensureDist } from './dist.js'
import { runTypeScript } from './typescript.js'

const [entry = 'node'] = process.argv.slice(2)
await ensureDist()
await runTypeScript(`bench/${entry}.ts`, { 'mls-targeted-messages': './dist/index.js' })
