import { execFileSync, spawnSync } from 'node:child_process'
import { dirname } from 'node:path'

const isCode = (/** @type {string} */ file) =>
  /\.([jt]s|html|css|rs)$/.test(file) && !/^(docs\/api-report|tests\/vectors|testing\/vectors)\//.test(file)

const isTest = (/** @type {string} */ file) => file.endsWith('.test.ts')

/** What users get: the contract of stores, too, which is an entry of the package. */
const isProduct = (/** @type {string} */ file) =>
  file.startsWith('lib/') && file.endsWith('.ts') && !isTest(file)

/** @typedef {ReadonlyMap<string, number>} Lines Of all files of code, by name. */

/** @param {string} commit @returns {Lines} */
export function linesAt(commit) {
  const args = ['grep', '-c', '', commit, '--', '*.ts', '*.js', '*.html', '*.css', '*.rs']
  const printed = execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const rows = printed
    .trim()
    .split('\n')
    .map((line) => line.slice(commit.length + 1).split(':'))
  return new Map(
    rows.filter(([file = '']) => isCode(file)).map(([file = '', count]) => [file, Number(count)]),
  )
}

/** What can be counted of the house. @param {Lines} lines */
export function countsOf(lines) {
  const files = [...lines.keys()]
  const sum = (/** @type {(file: string) => boolean} */ wanted) =>
    files.filter(wanted).reduce((total, file) => total + (lines.get(file) ?? 0), 0)
  const product = sum(isProduct)
  const rest = sum((file) => !isProduct(file))
  /** @type {Record<string, number>} */
  const folders = {}
  for (const file of files) folders[dirname(file)] = (folders[dirname(file)] ?? 0) + 1
  const [[fullest, inFullest] = ['', 0]] = Object.entries(folders).sort(([, a], [, b]) => b - a)
  const tests = files.filter((file) => file.startsWith('lib/') && isTest(file))
  return {
    'lines of the product': product,
    'lines of everything else': rest,
    'lines of everything else for each of the product': (rest / product).toFixed(1),
    'files of the product': files.filter(isProduct).length,
    'lines of its longest file': Math.max(...files.filter(isProduct).map((file) => lines.get(file) ?? 0)),
    'files in the fullest folder': `${inFullest} ${fullest}`,
    'test files in lib/': tests.length,
    'of these, that mirror no source file': tests.filter(
      (test) => !files.includes(test.replace('.test.ts', '.ts')),
    ).length,
    'files over 300 lines': files.filter((file) => (lines.get(file) ?? 0) > 300).length,
  }
}

/**
 * What must be kept in step by hand: how many files have a list of their own. A new adapter, revision or suite touches
 * each. The oracle is written apart on purpose.
 *
 * @type {Readonly<Record<string, { pattern: string, paths: readonly string[] }>>}
 */
const lists = {
  'files that list the entries of the package': {
    pattern: '(lib|dist|\\.)/mls/ratchet-tree\\.(d\\.)?[jt]s',
    paths: ['*.json', '*.config.*', 'scripts', 'package-tests', 'lib/index.test.ts', '*/samples.test.ts'],
  },
  'files that list the revisions': {
    pattern: "'00', *'01', *'02'|^  '00': \\{",
    paths: ['*.ts', '*.js', ':!tests/oracle', ':!testing/oracle'],
  },
  'files that list the suites of RFC 9420': {
    pattern: '1, 2, (3, )?5, 7\\]|(row|suite)\\(7,',
    paths: ['*.ts', '*.js', ':!tests/oracle', ':!testing/oracle'],
  },
}

/** How many files have each list at a commit. @param {string} commit */
export function listsAt(commit) {
  const files = (/** @type {string} */ pattern, /** @type {readonly string[]} */ paths) => {
    const args = ['grep', '-lE', pattern, commit, '--', ...paths]
    // grep finds nothing: status 1.
    const { stdout } = spawnSync('git', args, { encoding: 'utf8' })
    return stdout.split('\n').filter((line) => line !== '').length
  }
  return Object.fromEntries(
    Object.entries(lists).map(([name, { pattern, paths }]) => [name, files(pattern, paths)]),
  )
}

/** Lines by folder of the top, everything but the product apart. @param {Lines} lines */
export function linesByFolder(lines) {
  /** @type {Record<string, number>} */
  const folders = {}
  for (const [file, count] of lines) {
    const top = file.includes('/') ? `${file.split('/')[0]}/` : 'the top'
    const folder = top === 'lib/' && !isProduct(file) ? 'lib/, tests' : top
    folders[folder] = (folders[folder] ?? 0) + count
  }
  return folders
}
