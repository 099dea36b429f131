// The live part of npm run interop: groups of each suite, then the browsers, then the page.
import { fork, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { engineNames } from '../browser-tests/engines/table.js'
import { clearFiles, readBrowserOutcome } from './files.js'
import { nodeOfMajor } from './node-of-major.js'
import { interopPage } from './page.js'
import type { SuiteOutcome } from './run-suite.js'
import { hasTsMls, type InteropSuite, interopSuites } from './suites.js'
import { totalOf } from './tally.js'
import { versions } from './versions.js'

const [program = ''] = process.argv.slice(2)

/** Runs a suite in a process of its own, in this Node or in a newer one. */
function runSuite({ name, node }: InteropSuite): Promise<SuiteOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [name], { execPath: nodeOfMajor(node), execArgv: ['--no-warnings'] })
    child.on('message', (outcome: SuiteOutcome) => resolve(outcome))
    child.on('exit', (code) => reject(new Error(`suite ${name} ended with ${code}`)))
  })
}

function runBrowsers(): boolean {
  const playwright = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'interop/playwright.config.ts',
  ]
  return spawnSync(process.execPath, playwright, { stdio: 'inherit' }).status === 0
}

/** As many suites at once as there are processors. */
async function runSuites(): Promise<SuiteOutcome[]> {
  const outcomes: SuiteOutcome[] = []
  const suites = interopSuites.entries()
  const takeNext = async () => {
    for (const [i, suite] of suites) {
      const outcome = await runSuite(suite)
      const { passed, failed } = totalOf(outcome.counts, outcome.guide)
      console.log(
        `Suite ${suite.name} (${suite.algorithms}), Node ${outcome.node}: ${passed} passed, ${failed} failed`,
      )
      outcomes[i] = outcome
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, takeNext))
  return outcomes
}

clearFiles()
const outcomes = await runSuites()

if (runBrowsers()) {
  const browsers = engineNames.map((engine) =>
    interopSuites.filter(hasTsMls).map(({ name }) => readBrowserOutcome(engine, name)),
  )
  writeFileSync(
    'docs/interop.md',
    interopPage({ outcomes, browsers, versions: versions(), date: new Date() }),
  )
  console.log('\nWritten: docs/interop.md')
} else {
  console.error('\nA browser failed, so docs/interop.md is as it was.')
  process.exitCode = 1
}
if (totalOf(...outcomes.flatMap(({ counts, guide }) => [counts, guide])).failed > 0) process.exitCode = 1
