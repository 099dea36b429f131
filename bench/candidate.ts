import type { Rfc9420Suite } from '../lib/crypto/suites.js'
import type { World, WorldSuite } from './world.js'

/** What is measured: sealing, opening, or both ends together. */
export type Operation = 'seal' | 'open' | 'both ends'

/** A way to do one operation with the message. */
export interface Candidate {
  readonly name: string
  readonly operation: Operation
  /** All bytes that the recipient is sent, or has to have published, for it. */
  readonly bytes?: number
  /** If runs cannot overlap, because each needs the state of the previous one or blocks the thread. */
  readonly oneAtATime?: true
  run(): Promise<unknown>
}

/** Prepares what is the same for all messages, which is not measured. */
export type Maker<S extends WorldSuite = Rfc9420Suite> = (world: World<S>) => Promise<readonly Candidate[]>
