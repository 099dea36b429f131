/** How long receiving takes, in several inboxes or groups at the same time. */

import type { RoomJson } from './epochs.js'
import { type At, type Outcome, receive, seal } from './inboxes.js'

export type Compare = {
  readonly inboxes: readonly { readonly at: At; readonly room: RoomJson }[]
  readonly epoch: number
  readonly rounds: number
}

/** One number for each inbox. */
export type Compared = {
  /** The first message. */
  readonly firstMs: readonly number[]
  /** A later one: the median of all rounds. */
  readonly receiveMs: readonly number[]
  readonly refused: readonly Outcome[]
}

/** Some engines' clocks show milliseconds only, so a round is several messages. */
const messagesPerRound = 5

export async function compare({ inboxes, epoch, rounds }: Compare): Promise<Compared> {
  const texts = Array.from({ length: 1 + rounds * messagesPerRound }, (_, i) => `${i}`)
  const refused: Outcome[] = []
  const turns = await Promise.all(
    inboxes.map(async ({ at, room }) => {
      const messages = await seal({ member: room.alice, epoch, texts })
      return async (count: number): Promise<number> => {
        const taken = messages.splice(0, count)
        const before = performance.now()
        for (const message of taken) {
          const outcome = await receive({ at, message })
          if (!outcome.startsWith('released')) refused.push(outcome)
        }
        return (performance.now() - before) / count
      }
    }),
  )
  const firstMs: number[] = []
  for (const turn of turns) firstMs.push(await turn(1))
  const taken: number[][] = turns.map(() => [])
  // Turn by turn, so that so that other load affects all alike.
  for (let round = 0; round < rounds; round++) {
    for (const [i, turn] of turns.entries()) taken[i]?.push(await turn(messagesPerRound))
  }
  return { firstMs, receiveMs: taken.map(median), refused }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
