// npm run bench, npm run bench:scale: bundles a file of bench/ around the built package and runs it in Node.
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ensureDist } from './dist.js'

const [entry = 'node'] = process.argv.slice(2)
await ensureDist()
// Under node_modules, so that its external packages are found from there.
const outfile = `node_modules/.cache/mls-targeted-messages/bench-${entry}.mjs`
await build({
  entryPoints: [`bench/${entry}.ts`],
  outfile,
  bundle: true,
  alias: { 'mls-targeted-messages': './dist/index.js' },
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
