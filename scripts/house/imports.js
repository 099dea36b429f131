import { readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { rules, unitTestsMay } from './rules.js'

/** @typedef {ReadonlyMap<string, readonly string[]>} Imports By file, the files that it imports. */

/** Static and dynamic imports and re-exports of a relative path. */
const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g

/** What is gone when the code runs. */
const typesAlone = /^(?:import|export) type [^'"]*from ['"][^'"]+['"]|\btypeof import\([^)]*\)/gm

/**
 * What these sources, by name, import of the files.
 *
 * @param {ReadonlyMap<string, string>} sources
 * @param {readonly string[]} files
 * @returns {Imports}
 */
function importsOf(sources, files) {
  const known = new Set(files)
  return new Map(
    Array.from(sources, ([file, source]) => {
      const paths = Array.from(source.matchAll(importPattern), ([, path = '']) =>
        normalize(join(dirname(file), path)).replaceAll(sep, '/'),
      )
      const targets = paths.map((path) =>
        [path.replace(/\.js$/, '.ts'), path].find((name) => known.has(name)),
      )
      return [file, targets.filter((target) => target !== undefined)]
    }),
  )
}

const isTest = (/** @type {string} */ file) => file.endsWith('.test.ts')

/** The rule of a file: the longest path that it begins with. @param {string} file */
function ruleOf(file) {
  const [path] = Object.keys(rules)
    .filter((key) => file.startsWith(key))
    .sort((a, b) => b.length - a.length)
  return path === undefined ? undefined : { path, may: rules[path] ?? [] }
}

/** The imports that no rule allows, as sentences. @param {Imports} imports */
function forbidden(imports) {
  return [...imports].flatMap(([file, targets]) => {
    const rule = ruleOf(file)
    if (rule === undefined) return []
    const may = [...rule.may, rule.path, ...(isTest(file) ? unitTestsMay : [])]
    return targets
      .filter((target) => !may.some((path) => target.startsWith(path)))
      .map((target) => `${file} must not import ${target}`)
  })
}

/** Files that import each other in a circle, each circle once. @param {Imports} imports */
function circles(imports) {
  /** @type {string[]} */
  const found = []
  /** @type {Set<string>} */
  const done = new Set()
  const visit = (/** @type {string} */ file, /** @type {readonly string[]} */ path) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}

/**
 * What is wrong with the imports of these files, as sentences.
 *
 * @param {readonly string[]} files
 */
export function problemsIn(files) {
  const code = files.filter((file) => /\.[jt]s$/.test(file))
  const sources = new Map(code.map((file) => [file, readFileSync(file, 'utf8')]))
  const running = new Map(Array.from(sources, ([file, text]) => [file, text.replace(typesAlone, '')]))
  return [...forbidden(importsOf(sources, files)), ...circles(importsOf(running, files))]
}
