/** Several contexts of one origin that do the same at the same moment. */

import { type At, inboxAt, type Outcome, receive } from './inboxes.js'

const channelName = 'go'

let racing: Promise<Outcome[]> | undefined

export type Race = { readonly at: At; readonly message: string; readonly times: number }

/** Opens the inbox and waits for the signal. */
export async function arm({ at, message, times }: Race): Promise<void> {
  await inboxAt(at)
  const channel = new BroadcastChannel(channelName)
  racing = new Promise<void>((resolve) => {
    channel.onmessage = () => resolve()
  }).then(() => {
    channel.close()
    return Promise.all(Array.from({ length: times }, () => receive({ at, message })))
  })
}

/** The signal for all who are armed, here too. */
export function go(): void {
  new BroadcastChannel(channelName).postMessage('go')
}

/** What became of it here. */
export async function outcomes(): Promise<Outcome[]> {
  if (racing === undefined) throw new Error('this context was not armed')
  return racing
}
