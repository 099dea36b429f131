import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { problemsIn } from '../../scripts/house/imports.js'
import { rules } from '../../scripts/house/rules.js'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))

test('no file imports what its folder may not, and none in a circle', () => {
  expect(files.length).toBeGreaterThan(500)
  expect(problemsIn(files)).toEqual([])
})

test('each rule is about something that is there', () => {
  const paths = Object.entries(rules).flatMap(([path, may]) => [path, ...may])
  expect(paths.filter((path) => !files.some((file) => file.startsWith(path)))).toEqual([])
})

test('a test in lib/ stands beside what it tests', () => {
  const tests = files.filter((file) => file.startsWith('lib/') && file.endsWith('.test.ts'))
  expect(tests.filter((file) => !files.includes(file.replace('.test.ts', '.ts')))).toEqual([])
})
