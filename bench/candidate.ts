import type { World } from './world.js'

/** What is compared with what: sealing, opening, or both ends of a way to say something. */
export type Operation = 'seal' | 'open' | 'both ends'

/** One way to do one operation with the world's message. */
export interface Candidate {
  readonly name: string
  readonly operation: Operation
  /** All bytes that the recipient has to be sent or has published for it. */
  readonly bytes?: number
  /** Where runs cannot overlap: each needs the state that the one before left, or keeps the thread to itself. */
  readonly oneAtATime?: true
  run(): Promise<unknown>
}

/** Prepares what is the same for all messages; none of that is measured. */
export type Maker = (world: World) => Promise<readonly Candidate[]>
