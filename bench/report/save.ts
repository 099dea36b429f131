import { mkdirSync, writeFileSync } from 'node:fs'
import type { Results } from '../results.js'

/** Writes `bench/results/<name>.json`; the working directory is the repository's. */
export function saveJson(name: string, value: object): void {
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(value, round, 2)}\n`)
}

export const saveResults = (results: Results): void => saveJson(results.engine, results)

const round = (key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(key === 'ratio' ? 3 : 1)) : value
