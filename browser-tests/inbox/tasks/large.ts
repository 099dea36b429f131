/** Messages of 20 MB. */

import type { MemberJson } from '../../tasks/member.js'
import { type At, createEpoch, inboxAt, type Outcome, outcomeOf } from './inboxes.js'

/** Who receives, who has sealed, and which field is large. */
export type Large = {
  readonly at: At
  readonly member: MemberJson
  readonly epoch: number
  readonly field: 'applicationData' | 'authenticatedData'
}

const SIZE = 20_000_000

/** Junk of 20 MB that names a known group, one after another. */
export async function receiveLargeJunk(given: Large): Promise<Outcome[]> {
  const message = await sealLarge(given)
  const outcomes: Outcome[] = []
  const receive = async (junk: Uint8Array): Promise<void> => {
    outcomes.push(
      await outcomeOf(async () => `released ${(await (await inboxAt(given.at)).receive(junk)).id}`),
    )
  }
  // Flipped where the content ends, and in the authenticated data: behind the version, the wire format, the group id, the
  // epoch, the leaf, and a length of at most four bytes. Cut off; and longer than it says.
  for (const at of [message.length - 1, 2 + 2 + 17 + 8 + 4 + 4]) {
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
  const { groupId, applicationData, authenticatedData } = received
  return Object.fromEntries(
    Object.entries({ groupId, applicationData, authenticatedData }).map(([name, bytes]) => [
      name,
      [bytes.byteLength, bytes.buffer.byteLength],
    ]),
  )
}

async function sealLarge({ at: { database }, member, epoch, field }: Large): Promise<Uint8Array> {
  const sender = await createEpoch(member, epoch, { database, maxMessageLength: 2 * SIZE })
  return sender.seal({
    recipientLeafIndex: 1,
    applicationData: new Uint8Array(10),
    authenticatedData: new Uint8Array(10),
    [field]: new Uint8Array(SIZE),
  })
}
