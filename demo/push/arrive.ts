/** A message arrives at Bob's device, whether a push brought it or it had to wait. */

import { Inbox, type ReceivedMessage, TargetedMessageError } from 'mls-targeted-messages'
import { type Arrival, database, keepArrival, keepEarly, nameOf } from './shelf.js'

/** Stored under the id that the inbox gives it, and then marked. So it is there once, whenever the worker ends. */
export async function arrive(message: Uint8Array, pages: number): Promise<Arrival> {
  const seen = { at: Date.now(), pages }
  try {
    return await receive(message, seen)
  } catch (error) {
    const [refused, why] =
      error instanceof TargetedMessageError ? [error.code, error.message] : ['error', String(error)]
    // Its keys come with a commit that the page has to process.
    if (refused === 'epoch-ahead') await keepEarly(message)
    const arrival = { id: crypto.randomUUID(), ...seen, refused, why }
    await keepArrival(arrival)
    return arrival
  }
}

async function receive(message: Uint8Array, seen: Pick<Arrival, 'at' | 'pages'>): Promise<Arrival> {
  const inbox = await Inbox.open({ database })
  try {
    let name = ''
    const arrivalOf = ({ id, senderLeafIndex, applicationData }: ReceivedMessage): Arrival => ({
      id,
      ...seen,
      from: `${name} (leaf ${senderLeafIndex})`,
      text: new TextDecoder().decode(applicationData),
    })
    const keep = async (received: ReceivedMessage): Promise<void> => {
      name = await nameOf(received, received.senderLeafIndex)
      await keepArrival(arrivalOf(received))
    }
    return arrivalOf(await inbox.receive(message, { keep }))
  } finally {
    inbox.close()
  }
}
