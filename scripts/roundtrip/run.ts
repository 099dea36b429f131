import { supportedCipherSuites } from 'mls-targeted-messages'
import type { Options } from './options.js'
import { paint, Report } from './report.js'
import { story } from './story.js'

/** Runs the round trip and prints it. Returns false, after a line that says why, where anything was not as it must be. */
export async function runRoundTrip({ suites, revision }: Options): Promise<boolean> {
  const start = performance.now()
  const report = new Report()
  try {
    const supported = await supportedCipherSuites()
    for (const suite of suites) {
      if (!supported.includes(suite)) throw new Error(`this Node does not run cipher suite ${suite}`)
      await story(report, suite, revision)
    }
  } catch (error) {
    console.error(`\n${paint('red', 'Round trip failed.')}`, error)
    return false
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const { opened, refused } = report
  console.log(
    `\nRound trip of revision ${revision} with cipher suites ${suites.join(', ')}: ${opened} messages opened, ` +
      `${refused} refused, all as they must be, in ${seconds} s.`,
  )
  return true
}
