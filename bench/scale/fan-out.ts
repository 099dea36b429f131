import { median } from '../measure.js'
import { type LargeGroup, largeGroup, liveMemory, timed } from './large-group.js'

export type FanOutRow = {
  readonly recipients: number
  readonly microsecondsPerRecipient: number
  /** Relative to the first row. */
  readonly ratio: number
  /** Memory in use at the worst sample, above that before the run. In kilobytes. */
  readonly peakMemory: number
}

const sizes = [10, 1000, 50_000]

/** Every recipient is new to the epoch: none of their keys is imported yet. */
export async function fanOut(): Promise<FanOutRow[]> {
  const group = await largeGroup(50_002)
  const rounds = new Map(sizes.map((size) => [size, [] as number[]]))
  // Not measured: the first run is slow, and makes one-time allocations.
  await sendTo(group, 1000, true)
  // The first two sizes alternate in rounds; the last run is long enough by itself.
  for (let round = 0; round < 9; round += 1) {
    const tens = []
    for (let i = 0; i < 20; i += 1) tens.push((await sendTo(group, 10, false)).perRecipient)
    rounds.get(10)?.push(median(tens))
    rounds.get(1000)?.push((await sendTo(group, 1000, false)).perRecipient)
  }
  rounds.get(50_000)?.push((await sendTo(group, 50_000, false)).perRecipient)
  const first = rounds.get(10) ?? []
  const rows: FanOutRow[] = []
  for (const [recipients, times] of rounds) {
    rows.push({
      recipients,
      microsecondsPerRecipient: 1000 * median(times),
      ratio:
        recipients === 50_000
          ? median(times) / median(first)
          : median(times.map((t, i) => t / (first[i] ?? t))),
      peakMemory: (await sendTo(group, recipients, true)).peak / 1024,
    })
  }
  return rows
}

async function sendTo(group: LargeGroup, count: number, watchMemory: boolean) {
  const { world } = group
  const epoch = await group.epoch(world.alice)
  const recipientLeafIndices = Array.from({ length: count }, (_, i) => i + 1)
  const before = watchMemory ? await liveMemory() : 0
  let peak = 0
  let sent = 0
  const milliseconds = await timed(async () => {
    for await (const { message } of epoch.sealEach({ recipientLeafIndices, applicationData: world.data })) {
      if (message.length === 0) throw new Error('nothing was sealed')
      sent += 1
      if (watchMemory && sent % Math.ceil(count / 50) === 0)
        peak = Math.max(peak, (await liveMemory()) - before)
    }
  })
  return { perRecipient: milliseconds / count, peak }
}
