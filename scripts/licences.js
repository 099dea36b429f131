// npm run licences: the licence of every package in package-lock.json. Fails if one is not on the lists below.
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Licences as packages name them (SPDX) that may come with the library: they ask for their notice, and no more. */
const shipped = ['MIT', 'ISC', '0BSD']

/** Those of tools, none of whose code gets into the package. */
const tools = [
  ...shipped,
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Python-2.0',
  // Copyleft per file, and we change none of its files: lightningcss, under Vite.
  'MPL-2.0',
  // For data: caniuse-lite.
  'CC-BY-4.0',
  'MIT OR Apache-2.0',
  '(MIT OR GPL-3.0-or-later)',
  '(MIT AND Zlib)',
]

/** @typedef {{ name: string, version: string, licence: string, isTool: boolean, isKnown: boolean }} Licensed */

/**
 * Every package that an installation may have, also for other platforms.
 *
 * @returns {Licensed[]}
 */
export function licences() {
  const lock = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  /** @type {Record<string, { version?: string, license?: string, dev?: boolean, devOptional?: boolean }>} */
  const { '': _, ...packages } = JSON.parse(readFileSync(lock, 'utf8')).packages
  return Object.entries(packages).map(
    ([path, { version = '', license = 'none named', dev, devOptional }]) => {
      const isTool = Boolean(dev || devOptional)
      return {
        name: path.replace(/.*node_modules\//, ''),
        version,
        licence: license,
        isTool,
        isKnown: (isTool ? tools : shipped).includes(license),
      }
    },
  )
}

function print() {
  const all = licences()
  for (const isTool of [false, true]) {
    console.log(isTool ? '\nWhat only building and testing need:' : 'What the library needs:')
    const group = all.filter((entry) => entry.isTool === isTool)
    for (const licence of [...new Set(group.map((entry) => entry.licence))].sort()) {
      const names = group
        .filter((entry) => entry.licence === licence)
        .map(({ name, version }) => `${name} ${version}`)
      console.log(`  ${licence} (${names.length}): ${names.join(', ')}`)
    }
  }
  const unknown = all.filter(({ isKnown }) => !isKnown)
  if (unknown.length === 0) return
  console.error(`\nNot known to scripts/licences.js: ${unknown.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) print()
