import type { Operation } from './candidate.js'

/** One candidate's figures in one mode; plain JSON. */
export type Row = {
  readonly cipherSuite: number
  readonly mode: string
  readonly name: string
  readonly operation: Operation
  /** Per operation. */
  readonly microseconds: number
  /** Relative to revision 00 of this library for the same operation. */
  readonly ratio: number
  readonly bytes: number | null
}

/** A run in one engine. */
export type Results = {
  /** The day of the run: "2026-11-25". */
  readonly date: string
  readonly engine: string
  readonly version: string
  readonly cores: number
  readonly rounds: number
  readonly rows: readonly Row[]
}

/** For the terminal. */
export function formatRows(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    `${row.cipherSuite}`,
    row.mode,
    row.operation,
    row.name,
    `${row.microseconds.toFixed(0)} µs`,
    `${row.ratio.toFixed(2)}`,
    row.bytes === null ? '' : `${row.bytes} B`,
  ])
  const table = [['suite', 'mode', 'operation', 'candidate', 'time', '× ours', 'wire'], ...lines]
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? []
  return table.map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')).join('\n')
}
