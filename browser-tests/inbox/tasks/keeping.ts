/** Receiving with a `keep` that takes as long as the test wants. */

import { unhex } from '../../../tests/support/hex.js'
import { type At, inboxAt, type Outcome, outcomeOf } from './inboxes.js'

export type Receive = { readonly at: At; readonly message: string }

interface Keep {
  /** What became of the message. */
  readonly outcome: Promise<Outcome>
  readonly end: () => void
  readonly fail: (error: Error) => void
}

let running: Keep | undefined
let receiving: Promise<Outcome[]> | undefined

/** Receives the message with a `keep` that does not end by itself. Resolves to the id, once it has begun. */
export function beginKeep({ at, message }: Receive): Promise<string> {
  return new Promise((begun, reject) => {
    let end = (): void => {}
    let fail = (_: Error): void => {}
    const ended = new Promise<void>((resolve, refuse) => {
      end = resolve
      fail = refuse
    })
    const outcome = outcomeOf(async () => {
      const inbox = await inboxAt(at)
      const { id } = await inbox.receive(unhex(message), {
        keep: (received) => {
          begun(received.id)
          return ended
        },
      })
      return `kept ${id}`
    })
    running = { outcome, end, fail }
    void outcome.then((early) => reject(new Error(`keep was not begun: ${early}`)))
  })
}

/** Lets it end, well or not, and gives what became of the message. */
export async function endKeep(how: 'well' | 'with an error'): Promise<Outcome> {
  if (running === undefined) throw new Error('no keep was begun here')
  if (how === 'well') running.end()
  else running.fail(new Error('no room'))
  return running.outcome
}

/** Begins to receive the message twice, with `keep` and without. */
export function startReceiving({ at, message }: Receive): void {
  receiving = Promise.all([
    outcomeOf(async () => {
      let kept = 'without keep'
      const { id } = await (await inboxAt(at)).receive(unhex(message), {
        keep: (received) => {
          kept = `kept ${received.id}`
        },
      })
      return kept === `kept ${id}` ? kept : `${id}, and ${kept}`
    }),
    outcomeOf(async () => `released ${(await (await inboxAt(at)).receive(unhex(message))).id}`),
  ])
}

/** What became of both. */
export async function received(): Promise<Outcome[]> {
  if (receiving === undefined) throw new Error('nothing was received here')
  return receiving
}

/** Resolves when as many calls, of all tabs and workers of the origin, wait for somebody who keeps. */
export async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { pending = [] } = await navigator.locks.query()
    if (pending.length >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
