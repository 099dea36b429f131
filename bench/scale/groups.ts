import { median } from '../measure.js'
import { largeGroup, timed } from './large-group.js'

export type GroupRow = {
  readonly members: number
  readonly createMilliseconds: number
  readonly sealMicroseconds: number
  readonly openMicroseconds: number
}

/** How the cost of a message depends on the size of its group. */
export async function groups(): Promise<GroupRow[]> {
  const rows: GroupRow[] = []
  for (const size of [10, 100, 1000, 10_000, 50_000]) {
    const group = await largeGroup(size)
    const { alice, bob, data } = group.world
    const created: number[] = []
    for (let i = 0; i < 7; i += 1) created.push(await timed(() => group.epoch(alice)))
    const [from, to] = await Promise.all([group.epoch(alice), group.epoch(bob)])
    const sealed: number[] = []
    const opened: number[] = []
    for (let i = 0; i < 300; i += 1) {
      let message = new Uint8Array()
      sealed.push(
        await timed(async () => {
          message = await from.seal({ recipientLeafIndex: 1, applicationData: data })
        }),
      )
      opened.push(await timed(() => to.open(message)))
    }
    rows.push({
      members: size,
      createMilliseconds: median(created),
      sealMicroseconds: 1000 * median(sealed),
      openMicroseconds: 1000 * median(opened),
    })
  }
  return rows
}
