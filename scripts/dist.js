import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundle } from './bundle.js'
import { entries } from './entries.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

/** The self-contained file; made last. */
export const BUNDLE = 'dist/mls-targeted-messages.min.js'

const banner = '/*! mls-targeted-messages, MIT */'

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
    entryPoints: entries.map(({ source }) => source),
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
  writeFileSync(BUNDLE, `${banner}\n${await bundle({ entryPoints: ['lib/index.ts'] })}`)
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
