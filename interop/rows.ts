/** What the tables of docs/interop.md count, row by row. */

import { bitChanged, checks, guideChecks } from './checks.js'
import type { VoiceKind } from './member.js'
import type { SuiteOutcome } from './run-suite.js'
import { type Count, type Counts, totalOf } from './tally.js'

const kinds: readonly VoiceKind[] = [
  'OpenMLS itself',
  'ours for OpenMLS',
  'ours for ts-mls 1',
  'ours for ts-mls 2',
]

/** What is counted in a row: one check, or several. */
export interface Row {
  readonly title: string
  readonly counts: (outcome: SuiteOutcome) => Count
}

/** All counts whose name passes. */
const those = (counts: Counts, isMeant: (what: string) => boolean): Count =>
  totalOf(Object.fromEntries(Object.entries(counts).filter(([what]) => isMeant(what))))

const named =
  (what: string): Row['counts'] =>
  ({ counts, guide }) =>
    those({ ...counts, ...guide }, (known) => known === what)

export const whispers: readonly Row[] = [
  ...kinds.flatMap((from) =>
    kinds.map((to) => ({
      title: `${from} to ${to}`,
      counts: named(checks.whisper('01', from, to)),
    })),
  ),
  ...(['00', '02'] as const).map((revision) => ({
    title: `ours to ours, whatever the stack, revision ${revision}`,
    counts: ({ counts }: SuiteOutcome) => those(counts, (what) => what.startsWith(`revision ${revision}:`)),
  })),
]

export const others: readonly Row[] = [
  { title: checks.course, counts: named(checks.course) },
  { title: checks.sizes, counts: named(checks.sizes) },
  { title: checks.kept, counts: named(checks.kept) },
]

export const refusals: readonly Row[] = [
  {
    title: 'sealed by OpenMLS, a bit changed: refused by ours',
    counts: ({ counts }) => those(counts, isChanged('OpenMLS itself')),
  },
  {
    title: 'sealed by ours, a bit changed: refused by OpenMLS',
    counts: ({ counts }) => those(counts, isChanged('ours')),
  },
  { title: checks.late, counts: named(checks.late) },
  { title: checks.removed, counts: named(checks.removed) },
]

const isChanged = (from: string) => (what: string) => what.startsWith(from) && what.endsWith(bitChanged)

export const guide: readonly Row[] = Object.values(guideChecks).map((what) => ({
  title: what,
  counts: named(what),
}))
