import type { GroupEpoch, Library } from './library.js'
import { type Member, type MemberJson, memberFromJson } from './member.js'

/** Two members of one group, as a test gives them. */
export type PairJson = { readonly alice: MemberJson; readonly bob: MemberJson }

export interface EpochPair {
  readonly alice: GroupEpoch
  readonly bob: GroupEpoch
  /** What they were created from. */
  readonly members: { readonly alice: Member; readonly bob: Member }
}

export async function epochPair(library: Library, pair: PairJson): Promise<EpochPair> {
  const members = { alice: memberFromJson(pair.alice), bob: memberFromJson(pair.bob) }
  const [alice, bob] = await Promise.all([
    library.GroupEpoch.create(members.alice),
    library.GroupEpoch.create(members.bob),
  ])
  return { alice, bob, members }
}
