import { readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter'
import { enginesPart, pageVariable } from './report/engines-page.js'
import { type Fact, factsOf } from './report/facts.js'
import { withPart } from './report/parts.js'
import { textTable } from './report/table.js'

interface Count {
  ran: number
  readonly lacks: string[]
  readonly unexplained: string[]
  readonly failed: string[]
  readonly facts: Fact[]
}

/**
 * Reports at the end what each engine does and how many tests it ran, and fails the run if the tests are not the same. A test
 * may be skipped with `test.skip(true, 'what the engine lacks')`. Skipped tests are listed; without a reason they are
 * failures. Failed tests are named last, since some logs are kept by their ends alone.
 */
export default class EngineReporter implements Reporter {
  readonly #counts = new Map<string, Count>()

  onBegin(_config: FullConfig, suite: Suite): void {
    for (const project of suite.suites) {
      this.#counts.set(project.title, { ran: 0, lacks: [], unexplained: [], failed: [], facts: [] })
    }
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const count = this.#counts.get(test.parent.project()?.name ?? '')
    if (count === undefined) return
    const title = test.titlePath().slice(2).join(' › ')
    if (result.status !== 'skipped') {
      count.ran += 1
      count.facts.push(...factsOf(result.annotations))
      if (!test.ok()) count.failed.push(`${title}: ${firstLineOf(result)}`)
      return
    }
    const reason = result.annotations.find(({ type }) => type === 'skip')?.description
    if (reason === undefined) count.unexplained.push(title)
    else count.lacks.push(`${title}: ${reason}`)
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] } | undefined> {
    if (this.#counts.size === 0) return undefined
    const facts = new Map([...this.#counts].map(([engine, count]) => [engine, count.facts]))
    const table = textTable(facts)
    if (table !== '') console.log(`\nWhat the engines do:\n${table}`)
    console.log('\nTests run in each engine:')
    for (const [engine, { ran, lacks, unexplained }] of this.#counts) {
      console.log(`  ${engine.padEnd(9)}${String(ran).padStart(4)}`)
      for (const line of lacks) console.log(`           left out: ${line}`)
      for (const line of unexplained) console.log(`           did not run, and nothing says why: ${line}`)
    }
    for (const [engine, { failed }] of this.#counts) {
      for (const line of failed) console.log(`\nFailed in ${engine}: ${line}`)
    }
    const counts = [...this.#counts.values()]
    const totals = new Set(counts.map(({ ran, lacks }) => ran + lacks.length))
    const complete = counts.every(({ unexplained }) => unexplained.length === 0)
    if (totals.size === 1 && complete) {
      const page = process.env[pageVariable]
      const [tests = 0] = counts.map(({ ran }) => ran)
      if (result.status === 'passed' && page) {
        const part = enginesPart({ facts, tests, date: new Date() })
        writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'browsers', part))
      }
      return undefined
    }
    if (result.status === 'interrupted') return undefined
    console.log('The engines did not run the same tests, so the suite fails.')
    return result.status === 'passed' ? { status: 'failed' } : undefined
  }

  printsToStdio(): boolean {
    return false
  }
}

/** What a failed test says, without the colours of a terminal. */
const firstLineOf = ({ error, status }: TestResult): string =>
  stripVTControlCharacters(error?.message ?? status).split('\n', 1)[0] ?? status
