import { GroupEpoch, type Revision } from 'mls-targeted-messages'
import type { Candidate, Maker } from './candidate.js'
import { viewOf, type WorldSuite } from './world.js'

export interface OursOptions {
  /** From this build or another. */
  readonly GroupEpoch: typeof GroupEpoch
  readonly name: string
}

/** This library, as an application calls it: with its own padding, checks and copies. */
export const ours =
  (
    revision: Revision,
    { GroupEpoch: Built, name }: OursOptions = { GroupEpoch, name: `ours, revision ${revision}` },
  ): Maker<WorldSuite> =>
  async (world) => {
    const [alice, bob] = await Promise.all([
      Built.create({ revision, ...viewOf(world, world.alice) }),
      Built.create({ revision, ...viewOf(world, world.bob) }),
    ])
    const seal = (): Promise<Uint8Array> => alice.seal({ recipientLeafIndex: 1, applicationData: world.data })
    const message = await seal()
    return [
      { name, operation: 'seal', bytes: message.length, run: seal },
      { name, operation: 'open', bytes: message.length, run: () => bob.open(message) },
    ] satisfies Candidate[]
  }
