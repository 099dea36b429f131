/** npm run test:runtimes: the package as its users get it, in each runtime of the table. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeConsumer } from '../browser-tests/package/consumer.js'
import { layOutExamples, testSqliteStore } from '../browser-tests/package/examples.js'
import { consumerVariable } from '../browser-tests/package/served.js'
import { ask, writePrograms } from './ask.js'
import { type Case, makeCases } from './cases.js'
import { provideRuntime } from './install.js'
import { lacks, writeTable } from './page.js'
import { givenPostQuantum, postQuantumRows } from './post-quantum.js'
import { groupTasks, type Task } from './program/groups.js'
import type { Answers } from './program/run.js'
import { runtimes, sqliteStore } from './table.js'

const consumer = realpathSync(mkdtempSync(join(tmpdir(), 'mtm-runtimes-')))
let cases: readonly Case[] = []
let examples = ''

/** By runtime and feature, of what held. */
const facts = new Map<string, Map<string, string>>()
let tests = 0

beforeAll(async () => {
  await makeConsumer(consumer)
  examples = layOutExamples(consumer)
  process.env[consumerVariable] = consumer
  cases = await makeCases()
  await writePrograms(consumer, {
    vectors: cases.map(({ given }) => given),
    postQuantum: givenPostQuantum,
  })
})

afterAll(() => {
  rmSync(consumer, { recursive: true, force: true, maxRetries: 3 })
  const held = [...facts.values()].reduce((sum, { size }) => sum + size, 0)
  if (held === tests) writeTable(facts)
})

describe.each(runtimes)('$name', (runtime) => {
  const known = new Map<string, string>()
  let answers: Answers
  beforeAll(async () => {
    facts.set(runtime.name, known)
    answers = await ask(runtime, provideRuntime(runtime), consumer)
  })

  /** A row of the table, with what `check` says of it. */
  const row = (feature: string, check: () => string): void => {
    tests += 1
    test(feature, () => {
      known.set(feature, check())
    })
  }

  row('version', () => runtime.package.replace(/.*@/, ''))

  row('cipher suites', () => {
    expect(answers.suites).toEqual(runtime.suites)
    return answers.suites.join(', ')
  })

  row('own vectors', () => {
    const opened = casesOf(answers, ({ suite, expected, answered }) => {
      const has = runtime.suites.includes(suite)
      expect(answered.own).toEqual(
        has ? expected.own : expected.own.map(({ name }) => ({ name, ...refused })),
      )
      const sealed = has ? expected.sealed : expected.sealed.map(() => ({ refused: refused.outcome }))
      expect(answered.sealed).toEqual(sealed)
      return answered.own
    })
    return `${countOpened(opened)} opened, sealed again`
  })

  row('reference vectors', () => {
    const outcomes = casesOf(answers, ({ suite, expected, answered }) => {
      const has = runtime.suites.includes(suite)
      expect(answered.reference).toEqual(
        has ? expected.reference : expected.reference.map(({ name }) => ({ name, ...refused })),
      )
      return has ? answered.reference : []
    })
    const opened = countOpened(outcomes)
    return `${opened} opened, ${outcomes.length - opened} refused`
  })

  for (const [feature, { expected }] of Object.entries<Task>(groupTasks)) {
    row(feature, () => {
      const cannot = runtime.cannot?.[feature]
      for (const suite of runtime.suites) {
        const answer = answers.tasks[suite]?.[feature]
        const wanted = cannot ? { threw: expect.stringMatching(cannot.error) } : { gave: expected }
        expect(answer, `suite ${suite}`).toEqual(wanted)
      }
      return cannot?.why ?? 'yes'
    })
  }

  row(sqliteStore, () => {
    const { testArguments, cannot } = runtime
    const known = cannot?.[sqliteStore]
    const run = () => {
      if (testArguments === undefined) throw new Error('it runs no file of tests')
      testSqliteStore(examples, provideRuntime(runtime), testArguments)
    }
    if (known === undefined) run()
    else expect(run).toThrow(known.error)
    return known?.why ?? 'yes'
  })

  for (const [feature, check] of Object.entries(postQuantumRows)) {
    row(feature, () => check(runtime.name, answers.postQuantum))
  }

  row('lacks', () => lacks(answers.platform))
})

const refused = { outcome: 'unsupported-cipher-suite' }

const countOpened = (outcomes: readonly { outcome: string }[]): number =>
  outcomes.filter(({ outcome }) => outcome === 'opened').length

interface Answered {
  readonly suite: number
  readonly expected: Case['expected']
  readonly answered: Answers['vectors'][number]
}

/** Goes through all cases with what was answered. */
function casesOf<Result>({ vectors }: Answers, look: (answered: Answered) => readonly Result[]): Result[] {
  expect(vectors).toHaveLength(cases.length)
  expect(cases.length).toBeGreaterThan(0)
  return cases.flatMap(({ given: { suite }, expected }, i) => {
    const answered = vectors[i]
    return answered === undefined ? [] : look({ suite, expected, answered })
  })
}
