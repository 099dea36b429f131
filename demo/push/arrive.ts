/** A message arrives at Bob's device, whether a push brought it or it had to wait. */

import { Inbox, TargetedMessageError } from 'mls-targeted-messages'
import { receiveKept } from '../messenger/receive-kept.js'
import { type Arrival, database, keepArrival, keepEarly, nameOf } from './shelf.js'

/** Kept by the id that the inbox gives it, and then marked: whenever the worker ends, it is there once. */
export async function arrive(message: Uint8Array, pages: number): Promise<Arrival> {
  const seen = { at: Date.now(), pages }
  try {
    return await receive(message, seen)
  } catch (error) {
    const [refused, why] =
      error instanceof TargetedMessageError ? [error.code, error.message] : ['error', String(error)]
    // Its keys come with a commit that the page processes.
    if (refused === 'epoch-ahead') await keepEarly(message)
    const arrival = { id: crypto.randomUUID(), ...seen, refused, why }
    await keepArrival(arrival)
    return arrival
  }
}

async function receive(message: Uint8Array, seen: Pick<Arrival, 'at' | 'pages'>): Promise<Arrival> {
  const inbox = await Inbox.open({ database })
  let arrival: Arrival | undefined
  try {
    await receiveKept(inbox, message, async (received) => {
      const { id, senderLeafIndex, applicationData } = received
      const from = `${await nameOf(received, senderLeafIndex)} (leaf ${senderLeafIndex})`
      arrival = { id, ...seen, from, text: new TextDecoder().decode(applicationData) }
      await keepArrival(arrival)
    })
  } finally {
    inbox.close()
  }
  if (!arrival) throw new Error('the inbox gave nothing to keep')
  return arrival
}
