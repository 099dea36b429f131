import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { median } from '../measure.js'
import { makeWorld, randomBytes, viewOf } from '../world.js'
import { liveMemory, timed } from './large-group.js'

export type InboxRow = {
  readonly groups: number
  readonly enterMilliseconds: number
  /** A message for the same group as the one before. */
  readonly sameGroupMicroseconds: number
  /** Each message for another group than those before. */
  readonly otherGroupMicroseconds: number
  /** Per group. */
  readonly kilobytes: number
}

/** An inbox in memory with many groups of two. */
export async function inboxes(): Promise<InboxRow[]> {
  const rows: InboxRow[] = []
  for (const count of [1, 100, 1000]) {
    const base = await makeWorld(1, 256)
    const before = await liveMemory()
    const inbox = await Inbox.open()
    const messages: Uint8Array[] = []
    const entered: number[] = []
    for (let i = 0; i < count; i += 1) {
      const world = { ...base, groupId: randomBytes(16) }
      const [alice, bob] = await Promise.all([
        GroupEpoch.create(viewOf(world, world.alice)),
        GroupEpoch.create(viewOf(world, world.bob)),
      ])
      entered.push(await timed(() => inbox.enter(bob)))
      const repeats = i === 0 ? 301 : 1
      for (let n = 0; n < repeats; n += 1) {
        messages.push(await alice.seal({ recipientLeafIndex: 1, applicationData: world.data }))
      }
    }
    const kilobytes = ((await liveMemory()) - before - messages.length * 450) / 1024 / count
    const [same, other] = [messages.slice(0, 300), messages.slice(300)]
    const receive = async (list: readonly Uint8Array[]): Promise<number> => {
      const times: number[] = []
      for (const message of list) times.push(await timed(() => inbox.receive(message)))
      return 1000 * median(times)
    }
    rows.push({
      groups: count,
      enterMilliseconds: median(entered),
      otherGroupMicroseconds: await receive(other),
      sameGroupMicroseconds: await receive(same),
      kilobytes,
    })
    inbox.close()
  }
  return rows
}
