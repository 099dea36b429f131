import type { Member } from './member.js'

/** Members of several stacks in one group, all in the same epoch. */
export class LiveGroup {
  #members: readonly Member[]

  private constructor(founder: Member) {
    this.#members = [founder]
  }

  static async found(founder: Member): Promise<LiveGroup> {
    await founder.found(crypto.getRandomValues(new Uint8Array(16)))
    return new LiveGroup(founder)
  }

  get members(): readonly Member[] {
    return this.#members
  }

  /** `by` commits; the others process the commit, but for the removed, and newcomers join from the Welcome. */
  async commit(by: Member, { add = [], remove = [] }: Changes): Promise<void> {
    const { commit, welcome } = await by.commit(
      add.map(({ keyPackage }) => keyPackage),
      remove.map(({ leafIndex }) => leafIndex),
    )
    const stay = this.#members.filter((member) => !remove.includes(member))
    for (const member of stay) if (member !== by) await member.process(commit)
    for (const newcomer of add) {
      if (welcome === undefined) throw new Error('the commit made no Welcome')
      await newcomer.join(welcome)
    }
    this.#members = [...stay, ...add]
  }
}

export interface Changes {
  readonly add?: readonly Member[]
  readonly remove?: readonly Member[]
}
