import { GroupEpoch, type Revision } from 'mls-targeted-messages'
import { makeMember, makeWorld, type World, type WorldMember } from '../world.js'

export interface LargeGroup {
  readonly world: World
  readonly members: readonly WorldMember[]
  epoch(self: WorldMember, revision?: Revision): Promise<GroupEpoch>
}

/** Number of real key pairs. The leaves share them in turn, which makes no difference to the code. */
const DISTINCT = 64

/** Alice is at leaf 0 and Bob at leaf 1. */
export async function largeGroup(size: number, cipherSuite = 1): Promise<LargeGroup> {
  const world = await makeWorld(cipherSuite, 256)
  const pool = await Promise.all(Array.from({ length: DISTINCT }, (_, i) => makeMember(world.suite, i)))
  const others = Array.from({ length: size - 2 }, (_, i) => {
    const keys = pool[i % DISTINCT] ?? world.bob
    return { ...keys, leafIndex: i + 2 }
  })
  const members = [world.alice, world.bob, ...others]
  const { suite, groupId, epoch, groupContext, exporterSecret } = world
  return {
    world,
    members,
    epoch: (self, revision = '00') =>
      GroupEpoch.create({
        revision,
        cipherSuite: suite.id,
        groupId,
        epoch,
        groupContext,
        exporterSecret,
        members,
        self,
        maxMessageLength: 2 ** 25,
      }),
  }
}

/** Milliseconds. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

/** Memory in use, in bytes. `npm run bench:scale` exposes the collector. */
export async function liveMemory(): Promise<number> {
  globalThis.gc?.()
  // Buffers are released in a later task.
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
