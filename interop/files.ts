/** What the parts of a run leave for each other: they are processes of their own. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { EngineName } from '../browser-tests/engines/table.js'
import type { ForBrowsers } from './for-browsers.js'

const directory = 'node_modules/.cache/mls-targeted-messages/interop'
const forBrowsers = `${directory}/for-browsers.json`

/** What a browser made of a suite's messages. */
export interface BrowserOutcome {
  readonly engine: EngineName
  readonly version: string
  readonly suites: readonly {
    readonly suite: number
    readonly outcome: 'opened' | 'unsupported'
    readonly messages: number
  }[]
}

/** Forgets the run before. */
export function clearFiles(): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
}

export const writeForBrowsers = (messages: readonly ForBrowsers[]): void =>
  writeFileSync(forBrowsers, JSON.stringify(messages))

export const readForBrowsers = (): readonly ForBrowsers[] => JSON.parse(readFileSync(forBrowsers, 'utf8'))

export const writeBrowserOutcome = (outcome: BrowserOutcome): void =>
  writeFileSync(`${directory}/${outcome.engine}.json`, JSON.stringify(outcome))

export const readBrowserOutcome = (engine: EngineName): BrowserOutcome =>
  JSON.parse(readFileSync(`${directory}/${engine}.json`, 'utf8'))
