import { describe, expect, test } from 'vitest'
import { problemsOf } from '../../scripts/conformance/problems.js'

const titles = new Map([
  ['lib/tls/reader.test.ts', ['numbers > are big-endian', 'end refuses trailing bytes', 'a | b']],
])

const problemsIn = (...lines: string[]) =>
  problemsOf({ path: 'docs/page.md', text: lines.join('\n') }, titles).problems

const table = (where: string, what: string) => [
  '| § | Where | Test |',
  '|---|---|---|',
  `| 1 | ${where} | ${what} |`,
]

const reader = '[reader.ts `end`](../lib/tls/reader.ts)'
const refuses = '[end refuses trailing bytes](../lib/tls/reader.test.ts)'

describe('what a page names', () => {
  test('a function, a method, a private one, a property of an object', () => {
    expect(problemsIn(reader, '[`Reader.opaque`](../lib/tls/reader.ts)')).toEqual([])
    expect(problemsIn('[`#take`](../lib/tls/reader.ts)', '[`commit`](../lib/mls/leaf-node.ts)')).toEqual([])
  })

  test('a test, a group, a test in its group, a title with a bar in it', () => {
    const named = (title: string) => problemsIn(`[${title}](../lib/tls/reader.test.ts)`)
    expect(named('are big-endian')).toEqual([])
    expect(named('numbers')).toEqual([])
    expect(named('numbers > are big-endian')).toEqual([])
    expect(named('a \\| b')).toEqual([])
  })

  test('is counted', () => {
    const text = [reader, refuses, '[a page](engines.md)'].join(' ')
    const { references } = problemsOf({ path: 'docs/page.md', text }, titles)
    expect(references).toEqual({ files: 3, functions: 1, tests: 1 })
  })

  test('elsewhere, in the page and in samples is not looked at', () => {
    expect(problemsIn('[RFC](https://example.org/lib/x.ts)', '[here](#errata)')).toEqual([])
    expect(problemsIn('```ts', 'a[0](gone.ts)', '```')).toEqual([])
  })
})

describe('is wrong', () => {
  test('a file that does not exist, with its line', () => {
    expect(problemsIn('', '[gone](../lib/gone.ts)')).toEqual(['docs/page.md:2: there is no lib/gone.ts'])
  })

  test('a function that does not exist, though it is mentioned in the file', () => {
    expect(problemsIn('[`invalidInput`](../lib/tls/bytes.ts)')).toEqual([
      'docs/page.md:1: lib/tls/bytes.ts declares no invalidInput',
    ])
    expect(problemsIn('[`Reader.gone`](../lib/tls/reader.ts)')).toEqual([
      'docs/page.md:1: lib/tls/reader.ts declares no gone',
    ])
  })

  test('a source file without a function', () => {
    expect(problemsIn('[the reader](../lib/tls/reader.ts)')).toEqual([
      'docs/page.md:1: what of lib/tls/reader.ts is meant?',
    ])
  })

  test.each(['refuses trailing bytes', 'end refuses', 'end refuses trailing bytes.', 'numbers > end'])(
    'a title that is not the whole of one: %s',
    (title) => {
      expect(problemsIn(`[${title}](../lib/tls/reader.test.ts)`)).toEqual([
        `docs/page.md:1: lib/tls/reader.test.ts has no test "${title}"`,
      ])
    },
  )

  test('a test of another file', () => {
    expect(problemsIn('[are big-endian](../lib/tls/writer.test.ts)')).toHaveLength(1)
  })

  test('a row of the table without a test, unless it is for the application', () => {
    expect(problemsIn(...table(reader, refuses))).toEqual([])
    expect(problemsIn(...table('', "the application's"))).toEqual([])
    const wrong = `docs/page.md:3: the row names no test, nor says "the application's"`
    expect(problemsIn(...table(reader, ''))).toEqual([wrong])
    expect(problemsIn(...table(refuses, 'trust us'))).toEqual([wrong])
  })
})
