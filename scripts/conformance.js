// npm run conformance: every file, function and test that the pages name exists, and every row of the table has a test.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { problemsOf } from './conformance/problems.js'
import { browserTestTitles, unitTestTitles } from './conformance/titles.js'
import { ensureDist } from './dist.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

// The browser tests import the build.
await ensureDist()
const titles = new Map([...unitTestTitles(), ...browserTestTitles()])

const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'examples/README.md']
  .concat(readdirSync('docs').map((name) => `docs/${name}`))
  .filter((path) => path.endsWith('.md'))
const found = pages.map((path) => problemsOf({ path, text: readFileSync(path, 'utf8') }, titles))
const problems = found.flatMap((page) => page.problems)
for (const problem of problems) console.error(problem)

const counts = found.map((page) => page.references)
const sum = (/** @type {'files' | 'functions' | 'tests'} */ what) =>
  counts.reduce((total, count) => total + count[what], 0)
console.log(
  `${pages.length} pages name ${sum('files')} files, ${sum('functions')} functions and ${sum('tests')} tests; ` +
    `${problems.length === 0 ? 'all exist' : `${problems.length} are wrong`}.`,
)
process.exitCode = problems.length === 0 ? 0 : 1
