/** What a browser's test leaves for the page: Playwright runs it in a process of its own. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { EngineName } from '../browser-tests/engines/table.js'

const directory = 'node_modules/.cache/mls-targeted-messages/interop'

export interface BrowserOutcome {
  readonly engine: EngineName
  readonly version: string
  readonly suite: string
  readonly isSupported: boolean
  /** Messages of OpenMLS's that were opened in the page. */
  readonly opened: number
  /** Messages of the page's that OpenMLS opened. */
  readonly sealed: number
}

const fileOf = (engine: EngineName, suite: string): string => `${directory}/${engine}-${suite}.json`

/** Forgets the run before. */
export function clearFiles(): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
}

export const writeBrowserOutcome = (outcome: BrowserOutcome): void =>
  writeFileSync(fileOf(outcome.engine, outcome.suite), JSON.stringify(outcome))

export const readBrowserOutcome = (engine: EngineName, suite: string): BrowserOutcome =>
  JSON.parse(readFileSync(fileOf(engine, suite), 'utf8'))
