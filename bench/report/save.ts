import { mkdirSync, writeFileSync } from 'node:fs'
import type { Results } from '../results.js'

/** Writes `bench/results/<name>.json`, with the day; the working directory is the repository's. */
export function saveJson(name: string, value: object): void {
  mkdirSync('bench/results', { recursive: true })
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify({ date, ...value }, round, 2)}\n`)
}

export const saveResults = (results: Omit<Results, 'date'>): void => saveJson(results.engine, results)

const round = (key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(key === 'ratio' ? 3 : 1)) : value
