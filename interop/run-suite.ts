// Live groups of one suite, in a process of their own: a suite may need another Node than the one that was started.

import { checks } from './checks.js'
import { type Name, runCourse } from './course.js'
import { proveGuide } from './guide.js'
import { LiveGroup } from './live-group.js'
import { newcomer } from './newcomer.js'
import { suiteNamed } from './suites.js'
import { type Counts, Tally } from './tally.js'

/** What the process sends to the one that started it. */
export interface SuiteOutcome {
  readonly suite: string
  readonly node: string
  readonly counts: Counts
  readonly guide: Counts
}

async function runSuite(name: string): Promise<SuiteOutcome> {
  const suite = suiteNamed(name)
  const tally = new Tally()
  const guide = new Tally()
  const make = (who: Name) => newcomer(who, suite.cast[who], suite)
  await tally.check(checks.course, async () =>
    runCourse(await LiveGroup.found(await make('Olga')), make, tally),
  )
  await proveGuide(suite, guide)
  return {
    suite: name,
    node: process.versions.node,
    counts: tally.counts,
    guide: guide.counts,
  }
}

const outcome = await runSuite(process.argv[2] ?? '')
// Members that are left end with this process, since their input does.
process.send?.(outcome, () => process.exit())
