import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { commit, type Group, makeGroup } from '../scenario/group.js'
import { type Arrival, database, keepNames, takeEarly } from './shelf.js'

/** By leaf. This is Bob's device. The others are in this page only so that they can whisper to him. */
export const names = ['Alice', 'Bob', 'Carol'] as const
const bob = 1

/** What the others seal with. `next` comes after a commit that Bob's device has not processed. */
export interface Others {
  readonly now: readonly GroupEpoch[]
  readonly next: readonly GroupEpoch[]
}

/** A new group. Bob's inbox and the names of the members are ready for the worker when this resolves. */
export async function enterGroup(): Promise<Others> {
  const others = await makeOthers()
  const ofBob = at(others.now, bob)
  const inbox = await Inbox.open({ database })
  try {
    // Groups of earlier visits.
    for await (const { groupId } of inbox) await inbox.leave(groupId)
    await keepNames([ofBob], names)
    await inbox.enter(ofBob)
  } finally {
    inbox.close()
  }
  return others
}

/** Bob's device processes the commit. `take` gets what arrived too early. */
export async function enterNext(
  others: Others,
  take: (message: Uint8Array) => Promise<Arrival>,
): Promise<void> {
  const [before, after] = [at(others.now, bob), at(others.next, bob)]
  const inbox = await Inbox.open({ database })
  try {
    await keepNames([before, after], names)
    await inbox.enter(after)
  } finally {
    inbox.close()
  }
  await takeEarly(take)
}

async function makeOthers(): Promise<Others> {
  const group = await makeGroup(1, names)
  const next = await commit(group, 0)
  return { now: await epochsOf(group), next: await epochsOf(next) }
}

export const whisper = (epochs: readonly GroupEpoch[], sender: number, text: string): Promise<Uint8Array> =>
  at(epochs, sender).seal({
    recipientLeafIndex: bob,
    applicationData: new TextEncoder().encode(text),
  })

const epochsOf = ({ states }: Group): Promise<GroupEpoch[]> =>
  Promise.all(states.map((state) => GroupEpoch.create(fromTsMls(state))))

function at(epochs: readonly GroupEpoch[], leafIndex: number): GroupEpoch {
  const epoch = epochs[leafIndex]
  if (!epoch) throw new Error(`leaf ${leafIndex} is blank`)
  return epoch
}
