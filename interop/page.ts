import { checks } from './checks.js'
import { course } from './course.js'
import type { BrowserOutcome } from './files.js'
import { guideChecks } from './guide.js'
import type { VoiceKind } from './member.js'
import type { SuiteOutcome } from './run-suite.js'
import { suiteNamed } from './suites.js'
import { type Count, type Counts, totalOf } from './tally.js'
import type { Versions } from './versions.js'

export interface Interop {
  readonly outcomes: readonly SuiteOutcome[]
  /** By engine, by suite. */
  readonly browsers: readonly (readonly BrowserOutcome[])[]
  readonly versions: Versions
  readonly date: Date
}

const kinds: readonly VoiceKind[] = [
  'OpenMLS itself',
  'ours for OpenMLS',
  'ours for ts-mls 1',
  'ours for ts-mls 2',
]

/** What is counted in a row: one check, or several. */
interface Row {
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

const whispers: readonly Row[] = [
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

const others: readonly Row[] = [
  { title: checks.course, counts: named(checks.course) },
  { title: checks.sizes, counts: named(checks.sizes) },
  { title: checks.kept, counts: named(checks.kept) },
]

const refusals: readonly Row[] = [
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

const isChanged = (from: string) => (what: string) =>
  what.startsWith(from) && Object.values(bitsByPair).includes(what)

const bitsByPair = Object.fromEntries(
  kinds.flatMap((from) => kinds.map((to) => [`${from} ${to}`, checks.bits(from, to)])),
)

const guide: readonly Row[] = Object.values(guideChecks).map((what) => ({ title: what, counts: named(what) }))

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const cell = ({ passed, failed }: Count): string => {
  if (passed + failed === 0) return '–'
  return failed === 0 ? passed.toLocaleString('en') : `**${failed} of ${passed + failed} failed**`
}

function table(outcomes: readonly SuiteOutcome[], rows: readonly Row[]): string {
  return [
    line(['', ...outcomes.map(({ suite }) => `suite ${suite}`)]),
    line(['---', ...outcomes.map(() => '---')]),
    ...rows.map(({ title, counts }) => line([title, ...outcomes.map((outcome) => cell(counts(outcome)))])),
  ].join('\n')
}

const suiteTable = (outcomes: readonly SuiteOutcome[]): string =>
  [
    line(['suite', 'algorithms', 'members', 'ran in']),
    line(['---', '---', '---', '---']),
    ...outcomes.map(({ suite, node }) => {
      const { algorithms, cast } = suiteNamed(suite)
      const stacks = [...new Set(Object.values(cast))].join(', ')
      return line([suite, algorithms, stacks, `Node ${node}`])
    }),
  ].join('\n')

const browserTable = (browsers: Interop['browsers']): string =>
  [
    line(['', ...browsers.map(([first]) => `${first?.engine} ${first?.version}`)]),
    line(['---', ...browsers.map(() => '---')]),
    ...(browsers[0] ?? []).map(({ suite }) =>
      line([`suite ${suite}`, ...browsers.map((outcomes) => inBrowser(outcomes, suite))]),
    ),
  ].join('\n')

function inBrowser(outcomes: readonly BrowserOutcome[], name: string): string {
  const found = outcomes.find(({ suite }) => suite === name)
  if (found === undefined) throw new Error(`a browser did not run suite ${name}`)
  return found.isSupported ? `${found.opened} opened, ${found.sealed} sealed` : 'lacks the suite'
}

/** Each reason once, with all that it made fail. */
function failures(outcomes: readonly SuiteOutcome[]): string {
  const lines = outcomes.flatMap(({ suite, counts, guide: ofGuide }) => {
    const all = Object.entries({ ...counts, ...ofGuide })
    return Object.entries(totalOf(counts, ofGuide).reasons).map(([reason, times]) => {
      const hit = all.flatMap(([what, { reasons }]) => (reasons[reason] ? [what] : []))
      return `- Suite ${suite}, ${times} times: ${reason}. In: ${hit.join('; ')}.`
    })
  })
  return lines.length === 0 ? 'Nothing failed.' : `## What failed\n\n${lines.join('\n')}`
}

const steps = (): string =>
  course
    .map(({ by, add, remove }, i) => {
      const who = add ?? remove
      const what = who ? `${add ? 'adds' : 'removes'} ${who.join(', ')}` : 'commits'
      return `${i + 1}. ${by} ${what}.`
    })
    .join('\n')

export function interopPage({ outcomes, browsers, versions, date }: Interop): string {
  return `# Live with OpenMLS

Written by \`npm run interop\` on ${date.toISOString().slice(0, 10)}: mls-targeted-messages ${versions.library}, OpenMLS ${versions.openMls} with
openmls_rust_crypto ${versions.rustCrypto}, ts-mls ${versions.tsMls1} and ${versions.tsMls2}.

The command needs cargo, builds a peer in Rust around OpenMLS as it is published (\`interop/peer\`), and runs real groups: each
member of OpenMLS is a process of its own, and members exchange serialized MLS messages and nothing else. OpenMLS has
targeted messages of its own, those of revision 01: that is *OpenMLS itself* below. *Ours for ts-mls* is this library, which
speaks for a member of ts-mls; *ours for OpenMLS* is this library again, which speaks for a member of OpenMLS, captured as
[the guide](bring-your-own-stack.md) says.

${suiteTable(outcomes)}

A suite runs in the Node that started the command, if its SubtleCrypto has the suite, and otherwise in the first that does,
which npm fetches. Node 20 has no ChaCha20-Poly1305.

## The groups

Olga (OpenMLS) founds the group. Tess has ts-mls ${versions.tsMls1}, Tim ts-mls ${versions.tsMls2}, Otto and Oscar OpenMLS, Tom ts-mls
${versions.tsMls1}. Each line is a commit, which brings the group into its next epoch:

${steps()}

## Whispers that were opened

In each of these epochs every member whispers to every other one, without authenticated data and with it. The number is of
messages that came out as they went in: content, authenticated data and sender. Where no revision is named, it is 01.

${table(outcomes, [...whispers, ...others])}

The sizes are 0, 1, 63, 64, 16,383, 16,384, 65,535 and 65,536 bytes, each with 0, 11 and 20,000 bytes of authenticated data,
between all voices of the first epoch and of the last. OpenMLS pads what Otto and Oscar seal, and not what Olga seals.

## Messages that were refused

Every bit of a message is changed, one at a time, in the first epoch and in the last. A refusal is an error of OpenMLS's or a
\`TargetedMessageError\`; a panic or any other error would count as a failure.

${table(outcomes, refusals)}

## The guide

${table(outcomes, guide)}

## In the browsers

A page of each engine has the built package and speaks for members of ts-mls: it opens what OpenMLS seals to them, and OpenMLS
opens what it seals, in all the sizes above.

${browserTable(browsers)}

Firefox and WebKit have no ChaCha20-Poly1305.

${failures(outcomes)}
`
}
