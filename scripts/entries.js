import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** @typedef {{ specifier: string, name: string, source: string, types: string }} Entry */

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/**
 * The entries of the package: `exports` of package.json is the one list of them. Each with what an application imports
 * it by, its last part, its source and its declarations. The self-contained file is none, since it has the source and
 * the declarations of the first.
 *
 * @type {readonly Entry[]}
 */
export const entries = Object.entries(manifest.exports).flatMap(([path, target]) => {
  if (typeof target === 'string' || path === './bundle') return []
  const specifier = path.replace('.', manifest.name)
  const source = target.types.replace('./dist/', 'lib/').replace(/\.d\.ts$/, '.ts')
  return [{ specifier, name: path === '.' ? 'index' : path.slice(2), source, types: target.types }]
})

/**
 * The file of each entry in a build, for bundlers' `alias`.
 *
 * @param {string} [dist]
 */
export const builtEntries = (dist = './dist') =>
  Object.fromEntries(
    entries.map(({ specifier, source }) => [specifier, source.replace('lib', dist).replace(/ts$/, 'js')]),
  )

/** The source of each entry, for Vite's `alias`. */
export const sourceAliases = entries.map(({ specifier, source }) => ({
  find: new RegExp(`^${specifier}$`),
  replacement: fileURLToPath(new URL(`../${source}`, import.meta.url)),
}))
