import { GroupEpoch, type Revision } from 'mls-targeted-messages'
import type { Candidate, Maker } from './candidate.js'
import { viewOf } from './world.js'

/** This library, as an application calls it: with its own padding, checks and copies. */
export const ours =
  (revision: Revision): Maker =>
  async (world) => {
    const [alice, bob] = await Promise.all([
      GroupEpoch.create({ revision, ...viewOf(world, world.alice) }),
      GroupEpoch.create({ revision, ...viewOf(world, world.bob) }),
    ])
    const seal = (): Promise<Uint8Array> => alice.seal({ recipientLeafIndex: 1, applicationData: world.data })
    const message = await seal()
    const name = `ours, revision ${revision}`
    return [
      { name, operation: 'seal', bytes: message.length, run: seal },
      { name, operation: 'open', bytes: message.length, run: () => bob.open(message) },
    ] satisfies Candidate[]
  }
