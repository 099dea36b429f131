import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundle } from './bundle.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

/** The self-contained file; made last. */
export const BUNDLE = 'dist/mls-targeted-messages.min.js'

/** idb is in that file, and its licence asks for the notice in every copy. */
const IDB_LICENCE = 'idb.LICENSE'
const banner = `/*! mls-targeted-messages, MIT. With idb, ISC, Copyright (c) 2016, Jake Archibald: ${IDB_LICENCE} */`

/**
 * Makes dist/: ES modules with external dependencies and declarations for bundlers, and one self-contained file for
 * <script type="module">.
 */
export async function buildDist() {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
  await build({
    entryPoints: ['lib/index.ts', 'lib/stacks/ts-mls.ts', 'lib/mls/ratchet-tree.ts'],
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
  copyFileSync('node_modules/idb/LICENSE', `dist/${IDB_LICENCE}`)
  await bundle({
    entryPoints: ['lib/index.ts'],
    outfile: BUNDLE,
    legalComments: 'none',
    banner: { js: banner },
  })
}

/** Makes dist/ where it is missing or older than lib/. */
export async function ensureDist() {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `lib/${file}`)
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs))
  if (existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs > newest) return
  console.log('Build: dist/ is missing or older than lib/, making it ...')
  await buildDist()
}
