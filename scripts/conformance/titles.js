import { execFileSync } from 'node:child_process'
import { relative, sep } from 'node:path'

/**
 * What a tool of node_modules prints; it may be long.
 *
 * @param {string} program
 * @param {string[]} args
 */
const run = (program, ...args) =>
  execFileSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

/**
 * The titles of all unit tests by file, each with the titles of the groups around it before it.
 *
 * @returns {Map<string, string[]>}
 */
export function unitTestTitles() {
  /** @type {{ file: string, name: string }[]} */
  const tests = JSON.parse(run('node_modules/vitest/vitest.mjs', 'list', '--json', '--project', 'node'))
  return byFile(tests.map(({ file, name }) => ({ file: relative('.', file).replaceAll(sep, '/'), name })))
}

/** @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: { title: string, file: string }[] }} PlaywrightSuite */

/** The same of the browser tests. */
export function browserTestTitles() {
  const list = run('node_modules/@playwright/test/cli.js', 'test', '--list', '--reporter=json')
  /** @type {{ suites: PlaywrightSuite[] }} */
  const { suites } = JSON.parse(list)
  /** @type {(suite: PlaywrightSuite, groups: string[]) => { file: string, name: string }[]} */
  const testsOf = ({ specs = [], suites = [] }, groups) => [
    ...specs.map(({ title, file }) => ({
      file: `browser-tests/${file}`,
      name: [...groups, title].join(' > '),
    })),
    ...suites.flatMap((suite) => testsOf(suite, [...groups, suite.title])),
  ]
  return byFile(suites.flatMap((suite) => testsOf(suite, [])))
}

/**
 * @param {{ file: string, name: string }[]} tests
 * @returns {Map<string, string[]>}
 */
function byFile(tests) {
  /** @type {Map<string, string[]>} */
  const titles = new Map()
  for (const { file, name } of tests) {
    const known = titles.get(file) ?? []
    known.push(name)
    titles.set(file, known)
  }
  return titles
}
