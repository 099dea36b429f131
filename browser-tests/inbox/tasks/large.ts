/** Messages of 20 MB. */

import type { MemberJson } from '../../tasks/member.js'
import { type At, createEpoch, inboxAt, type Outcome, outcomeOf } from './inboxes.js'

/** Who receives, and who has sealed. */
export type Large = { readonly at: At; readonly member: MemberJson; readonly epoch: number }

const SIZE = 20_000_000

/**
 * Small: WebKit on Linux ends the page that is to sign or verify more than 65,535 bytes with Ed25519, and this is signed
 * as it is. The content is not, or a digest of it.
 */
const authenticatedData = new Uint8Array(10)

/** Junk of 20 MB that names a known group, one after another. */
export async function receiveLargeJunk(given: Large): Promise<Outcome[]> {
  const message = await sealLarge(given)
  const outcomes: Outcome[] = []
  const receive = async (junk: Uint8Array): Promise<void> => {
    outcomes.push(
      await outcomeOf(async () => `released ${(await (await inboxAt(given.at)).receive(junk)).id}`),
    )
  }
  // Flipped where the content ends, and in what is in the clear: after the version, the wire format, the group id, the
  // epoch, the leaf, and a length. Cut off; and longer than it says.
  for (const at of [message.length - 1, 2 + 2 + 17 + 8 + 4 + 1]) {
    const junk = message.slice()
    junk[at] = (junk[at] ?? 0) ^ 1
    await receive(junk)
  }
  await receive(message.subarray(0, -1))
  const more = new Uint8Array(message.length + 1)
  more.set(message)
  await receive(more)
  return outcomes
}

/** Receives a good message. Returns the bytes of each released field, and of the memory behind it. */
export async function receiveLarge(given: Large): Promise<Record<string, readonly [number, number]>> {
  const received = await (await inboxAt(given.at)).receive(await sealLarge(given))
  const { groupId, applicationData, authenticatedData: clear } = received
  return Object.fromEntries(
    Object.entries({ groupId, applicationData, authenticatedData: clear }).map(([name, bytes]) => [
      name,
      [bytes.byteLength, bytes.buffer.byteLength],
    ]),
  )
}

async function sealLarge({ at: { database }, member, epoch }: Large): Promise<Uint8Array> {
  const sender = await createEpoch(member, epoch, { database, maxMessageLength: 2 * SIZE })
  return sender.seal({
    recipientLeafIndex: 1,
    applicationData: new Uint8Array(SIZE),
    authenticatedData,
  })
}
