import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * Makes one file of a TypeScript program, for Node. Returns its path.
 *
 * @param {string} entryPoint
 * @param {Record<string, string>} [alias]
 */
export async function bundleTypeScript(entryPoint, alias = {}) {
  // Under node_modules, so that its external packages are found from there.
  const outfile = `node_modules/.cache/mls-targeted-messages/${entryPoint.replace(/\//g, '-').replace(/\.ts$/, '.mjs')}`
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    alias,
    packages: 'external',
    // It reads package.json by a path relative to its own file.
    external: ['./scripts/sizes.js'],
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'warning',
    // Entries of the built package import each other's chunks for nothing but their order.
    logOverride: { 'ignored-bare-import': 'silent' },
  })
  return outfile
}

/**
 * Runs a TypeScript program in this process, and returns what it exports.
 *
 * @param {string} entryPoint
 * @param {Record<string, string>} [alias]
 */
export async function runTypeScript(entryPoint, alias) {
  return import(pathToFileURL(await bundleTypeScript(entryPoint, alias)).href)
}
