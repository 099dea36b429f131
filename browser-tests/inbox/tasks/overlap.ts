import { type Outcome, type Receiving, receive } from './inboxes.js'

/** Receives messages of epochs that somebody else is about to enter: again and again until it is not ahead. */
export async function untilReceived({ at, messages }: Receiving): Promise<Outcome[]> {
  return Promise.all(
    messages.map(async (message) => {
      let outcome = await receive({ at, message })
      while (outcome === 'epoch-ahead' || outcome === 'unknown-group')
        outcome = await receive({ at, message })
      return outcome
    }),
  )
}
