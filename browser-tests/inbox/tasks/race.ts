/** Several contexts of one origin that do the same at the same moment. */

import { type At, inboxAt, type Outcome, receive } from './inboxes.js'

let racing: Promise<Outcome[]> | undefined

export type Race = { readonly at: At; readonly message: string; readonly times: number }

/** Of one race, which a signal of the one before does not start. */
const channelOf = (message: string): BroadcastChannel => new BroadcastChannel(`go ${message}`)

/** Opens the inbox and waits for the signal, which it answers. */
export async function arm({ at, message, times }: Race): Promise<void> {
  await inboxAt(at)
  const channel = channelOf(message)
  const self = crypto.randomUUID()
  const signal = new Promise<void>((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      if (data !== 'go') return
      channel.postMessage(self)
      resolve()
    })
  })
  racing = signal.then(() => Promise.all(Array.from({ length: times }, () => receive({ at, message }))))
}

export type Start = { readonly message: string; readonly contexts: number }

/**
 * The signal for all who are armed, here too. Given again until as many have answered: an engine tells its other
 * processes of a new channel in its own time, and what was sent before that is lost.
 */
export function go({ message, contexts }: Start): Promise<void> {
  const channel = channelOf(message)
  return new Promise((resolve) => {
    const signal = (): void => channel.postMessage('go')
    const bell = setInterval(signal, 20)
    const answered = new Set<unknown>()
    channel.addEventListener('message', ({ data }) => {
      answered.add(data)
      if (answered.size < contexts) return
      clearInterval(bell)
      channel.close()
      resolve()
    })
    signal()
  })
}

/** What became of it here. */
export async function outcomes(): Promise<Outcome[]> {
  if (racing === undefined) throw new Error('this context was not armed')
  return racing
}
