/** The table of engines by suites and features, as text for the terminal and as Markdown. */

import type { Fact, Section } from './facts.js'

/** By engine, in the order of the columns. */
export type FactsByEngine = ReadonlyMap<string, readonly Fact[]>

export interface Row {
  readonly feature: string
  /** One per engine. */
  readonly values: readonly string[]
}

const missing = '–'

/** In this order; a section without facts is left out. */
const sections: readonly { section: Section; title: string }[] = [
  { section: 'Engine', title: 'Engine' },
  { section: 'Suite 1', title: 'Suite 1: X25519, Ed25519, AES-128-GCM' },
  { section: 'Suite 2', title: 'Suite 2: P-256, AES-128-GCM' },
  { section: 'Suite 3', title: 'Suite 3: X25519, Ed25519, ChaCha20-Poly1305' },
  { section: 'Suite 5', title: 'Suite 5: P-521, AES-256-GCM' },
  { section: 'Suite 7', title: 'Suite 7: P-384, AES-256-GCM' },
  { section: 'Where it runs', title: 'Where it runs' },
  { section: 'Post-quantum', title: 'Post-quantum suites: SubtleCrypto, or plug-ins' },
  { section: 'Guards', title: 'Guards: the same in every engine' },
  { section: 'Platform', title: 'The engines themselves: reported, not promised' },
]

function rowsOf(facts: FactsByEngine, section: Section): Row[] {
  const features = new Set(
    [...facts.values()].flatMap((list) =>
      list.filter((fact) => fact.section === section).map(({ feature }) => feature),
    ),
  )
  return [...features].map((feature) => ({
    feature,
    values: [...facts.values()].map(
      (list) => list.find((fact) => fact.section === section && fact.feature === feature)?.value ?? missing,
    ),
  }))
}

const filled = (facts: FactsByEngine) =>
  sections
    .map(({ section, title }) => ({ title, rows: rowsOf(facts, section) }))
    .filter(({ rows }) => rows.length > 0)

/** Empty where there are no facts. */
export function textTable(facts: FactsByEngine): string {
  const blocks = filled(facts)
  if (blocks.length === 0) return ''
  const rows = blocks.flatMap((block) => block.rows)
  const widths = [
    Math.max(...rows.map(({ feature }) => feature.length)),
    ...[...facts.keys()].map((engine, column) =>
      Math.max(engine.length, ...rows.map(({ values }) => values[column]?.length ?? 0)),
    ),
  ]
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()
  return [
    line(['', ...facts.keys()]),
    ...blocks.flatMap(({ title, rows: own }) => [
      title,
      ...own.map(({ feature, values }) => line([feature, ...values])),
    ]),
  ].join('\n')
}

export const markdownTables = (facts: FactsByEngine): string =>
  filled(facts)
    .map(({ title, rows }) => `## ${title}\n\n${markdownTable([...facts.keys()], rows)}`)
    .join('\n\n')

export function markdownTable(columns: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(['', ...columns]),
    line(['---', ...columns.map(() => '---')]),
    ...rows.map(({ feature, values }) => line([escaped(feature), ...values.map(escaped)])),
  ].join('\n')
}

const escaped = (text: string): string => text.replaceAll('|', '\\|')
