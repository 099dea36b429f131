import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { declaredNames } from './names.js'
import { referencesIn, testedRows } from './references.js'

/** What a row may say instead of a test: the clause is for whoever uses the library. */
const APPLICATION = "the application's"

/**
 * What a page names that does not exist, and how much it names.
 *
 * @param {{ path: string, text: string }} page
 * @param {ReadonlyMap<string, readonly string[]>} titles of tests, by file
 */
export function problemsOf(page, titles) {
  /** @type {string[]} */
  const problems = []
  const references = { files: 0, functions: 0, tests: 0 }

  for (const { line, text, path } of referencesIn(page)) {
    const report = (/** @type {string} */ what) => problems.push(`${page.path}:${line}: ${what}`)
    references.files++
    const [named = ''] = text.split(' ')
    if (/\.(ts|js)$/.test(named) && basename(named) !== basename(path)) report(`${named} links to ${path}`)
    if (!existsSync(path)) {
      report(`there is no ${path}`)
    } else if (/\.(test|spec)\.ts$/.test(path)) {
      references.tests++
      if (!hasTest(titles.get(path) ?? [], text)) report(`${path} has no test "${text}"`)
    } else if (/\.(ts|js)$/.test(path)) {
      const names = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split('.'))
      const declared = declaredNames(path, readFileSync(path, 'utf8'))
      references.functions += names.length
      if (names.length === 0) report(`what of ${path} is meant?`)
      for (const name of names) if (!declared.has(name)) report(`${path} declares no ${name}`)
    }
  }

  for (const { line, test } of testedRows(page.text)) {
    if (test !== APPLICATION && !/\.(test|spec)\.ts\)/.test(test))
      problems.push(`${page.path}:${line}: the row names no test, nor says "${APPLICATION}"`)
  }
  return { problems, references }
}

/**
 * Whether `title` is a test, a group of tests, or several of these one inside another: all of each title.
 *
 * @param {readonly string[]} titles
 * @param {string} title
 */
const hasTest = (titles, title) => titles.some((known) => ` > ${known} > `.includes(` > ${title} > `))
