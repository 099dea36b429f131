import { GroupEpoch } from '../../lib/index.js'
import { described } from '../post-quantum/described.js'
import { type ReferenceGroup, referenceMember, referenceVectors } from '../vectors/reference.js'
import { type RandomGroup, type RandomGroupOptions, randomGroup } from './random-group.js'
import { runtimeSuites } from './runtime.js'
import { revisions } from './suites.js'

type Revision = (typeof revisions)[number]

/** Every revision with every suite of this engine. */
export const combinations = revisions.flatMap((revision) =>
  runtimeSuites.map((cipherSuite) => ({ revision, cipherSuite })),
)

/** A reference group and its members' epochs, each created once. */
export interface ReferenceEpochs {
  readonly group: ReferenceGroup
  epochOf(leafIndex: number): Promise<GroupEpoch>
}

export function referenceEpochs(revision: Revision, cipherSuite: number): ReferenceEpochs {
  const group = referenceVectors(revision).groups.find((known) => known.cipherSuite === cipherSuite)
  if (group === undefined) throw new Error(`no reference group for suite ${cipherSuite}`)
  const epochs = new Map<number, Promise<GroupEpoch>>()
  const epochOf = (leafIndex: number) => {
    const epoch = epochs.get(leafIndex) ?? GroupEpoch.create(referenceMember(revision, group, leafIndex))
    epochs.set(leafIndex, epoch)
    return epoch
  }
  return { group, epochOf }
}

/** A random group with the epochs of the members at leaves 0 and 1. */
export interface Couple extends RandomGroup {
  readonly alice: GroupEpoch
  readonly bob: GroupEpoch
}

export async function couple(options: RandomGroupOptions = {}): Promise<Couple> {
  const group = await randomGroup(options)
  const [alice, bob] = await Promise.all([
    GroupEpoch.create(described(group.as(0))),
    GroupEpoch.create(described(group.as(1))),
  ])
  return { ...group, alice, bob }
}
