import { existsSync, readFileSync } from 'node:fs'
import type { ProfileRow } from '../profile.js'
import type { Receiving } from '../receiving.js'
import type { Results, Row } from '../results.js'
import type { FanOutRow } from '../scale/fan-out.js'
import type { GroupRow } from '../scale/groups.js'
import type { InboxRow } from '../scale/inboxes.js'
import type { MessageRow } from '../scale/messages.js'

export const engines = ['node', 'chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof engines)[number]

export const titles: Record<Engine, string> = {
  node: 'Node',
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKit',
}

export type ResultsByEngine = ReadonlyMap<Engine, Results>

export interface Scale {
  readonly date: string
  readonly version: string
  readonly fanOut: readonly FanOutRow[]
  readonly groups: readonly GroupRow[]
  readonly messages: readonly MessageRow[]
  readonly inboxes: readonly InboxRow[]
}

export interface ReceivingIn {
  readonly date: string
  readonly engine: Engine
  readonly version: string
  readonly count: number
  readonly rows: readonly Receiving[]
}

/** Engines that were not measured are left out. */
export const loadResults = (prefix = ''): ResultsByEngine =>
  new Map(
    engines.flatMap((engine): [Engine, Results][] => {
      const results = load<Results>(`${prefix}${engine}`)
      return results ? [[engine, results]] : []
    }),
  )

/** Of one suite, one message after another. */
export const rowsOf = ({ rows }: Results, cipherSuite: number): Row[] =>
  rows.filter((row) => row.cipherSuite === cipherSuite && row.mode === 'one after another')

export const loadScale = (): Scale => ({
  date: '–',
  version: '–',
  fanOut: [],
  groups: [],
  messages: [],
  inboxes: [],
  ...load<Partial<Scale>>('scale'),
})

export interface ProfileIn {
  readonly date: string
  readonly engine: Engine
  readonly version: string
  readonly rows: readonly ProfileRow[]
}

export const loadProfiles = (): ProfileIn[] =>
  engines.flatMap((engine) => load<ProfileIn>(`profile-${engine}`) ?? [])

export const loadReceiving = (): ReceivingIn[] =>
  engines.flatMap((engine) => load<ReceivingIn>(`receiving-${engine}`) ?? [])

function load<T>(name: string): T | undefined {
  const file = `bench/results/${name}.json`
  if (!existsSync(file)) return undefined
  const value: T = JSON.parse(readFileSync(file, 'utf8'))
  return value
}
