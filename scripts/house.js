// npm run house [-- <commit>]: counts of the repository as committed, beside those of another commit, and the imports that
// no rule allows.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { countsOf, linesAt, linesByFolder, listsAt } from './house/counts.js'
import { problemsIn } from './house/imports.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const commits = [...process.argv.slice(2), 'HEAD']

/** @param {readonly Readonly<Record<string, string | number>>[]} columns */
function print(columns) {
  const names = new Set(columns.flatMap((column) => Object.keys(column)))
  for (const name of names) {
    const values = columns.map((column) => String(column[name] ?? 0).padStart(12))
    console.log(name.padEnd(52), ...values)
  }
}

console.log(''.padEnd(52), ...commits.map((commit) => commit.slice(0, 12).padStart(12)))
const lines = commits.map(linesAt)
print(lines.map(countsOf))
print(commits.map(listsAt))
console.log('\nLines by folder')
print(lines.map(linesByFolder))

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n')
const problems = problemsIn(files)
console.log(
  `\n${files.length} files; ${problems.length} imports that no rule of scripts/house/rules.js allows`,
)
for (const problem of problems) console.error(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
