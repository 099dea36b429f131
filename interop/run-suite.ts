// Live groups of one suite, in a process of their own: a suite may need another Node than the one that was started.

import { runCourse } from './course.js'
import { proveGuide } from './guide.js'
import { LiveGroup } from './live-group.js'
import { newcomer } from './newcomer.js'
import { suiteWithId } from './suites.js'
import { type Counts, Tally } from './tally.js'

/** What the process sends to the one that started it. */
export interface SuiteOutcome {
  readonly suite: number
  readonly node: string
  readonly counts: Counts
  readonly guide: Counts
}

async function runSuite(id: number): Promise<SuiteOutcome> {
  const suite = suiteWithId(id)
  const tally = new Tally()
  const guide = new Tally()
  const make = (name: keyof typeof suite.cast) => newcomer(name, suite.cast[name], suite)
  const founder = await make('Olga')
  const group = await LiveGroup.found(founder)
  await runCourse(group, make, tally)
  await proveGuide(suite, guide)
  return {
    suite: id,
    node: process.versions.node,
    counts: tally.counts,
    guide: guide.counts,
  }
}

const outcome = await runSuite(Number(process.argv[2]))
// Members that are left end with this process, since their input does.
process.send?.(outcome, () => process.exit())
