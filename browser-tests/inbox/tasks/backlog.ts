/** Receiving a backlog at once. */

import * as library from 'mls-targeted-messages'
import { hex, unhex } from '../../../tests/support/hex.js'
import { refusal } from '../../tasks/library.js'
import { type Entering, enter, inboxAt, type Outcome, type Receiving } from './inboxes.js'
import { add } from './kept.js'

/** A message as it was yielded, and what became of it. */
export type Yielded = readonly [message: string, outcome: Outcome]

/** Puts what is received into the application's database, which refuses what it has already. */
export async function keepEach({ at, messages }: Receiving): Promise<Yielded[]> {
  const yielded: Yielded[] = []
  const inbox = await inboxAt(at)
  for await (const delivery of inbox.receiveEach(messages.map(unhex), { keep: add })) {
    yielded.push(describe(delivery))
  }
  return yielded
}

export type Stopping = Receiving & {
  /** How many messages are taken. */
  readonly count: number
  /** What is entered before the rest is given up. */
  readonly entering: readonly Entering[]
}

/** Receives without `keep`, and stops early. What is entered tells its outcomes after those of the messages. */
export async function takeSome({ at, messages, count, entering }: Stopping): Promise<Yielded[]> {
  const yielded: Yielded[] = []
  const inbox = await inboxAt(at)
  for await (const delivery of inbox.receiveEach(messages.map(unhex))) {
    yielded.push(describe(delivery))
    if (yielded.length < count) continue
    for (const one of entering) yielded.push([`epoch ${one.epoch}`, await enter(one)])
    break
  }
  return yielded
}

const describe = ({ message, received, error }: library.Delivery): Yielded => [
  hex(message),
  received ? `released ${new TextDecoder().decode(received.applicationData)}` : refusal(library, error),
]
