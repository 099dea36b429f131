// Makes dist/: ES modules with external dependencies and declarations for bundlers, and one self-contained file for
// <script type="module">. Fails when a size is over its budget.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { bundle } from './bundle.js'
import { checkSizes } from './sizes.js'

const BUNDLE = 'dist/mls-targeted-messages.min.js'

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
await build({
  entryPoints: ['lib/index.ts', 'lib/stacks/ts-mls.ts'],
  outbase: 'lib',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
})
await bundle({ entryPoints: ['lib/index.ts'], outfile: BUNDLE, legalComments: 'none' })

const integrity = createHash('sha384').update(readFileSync(BUNDLE)).digest('base64')
console.log(`${BUNDLE}\n  integrity="sha384-${integrity}"`)
await checkSizes()
