import { fromTsMls, type TsMlsClientState } from 'mls-targeted-messages/ts-mls'
import type { MlsClient, MlsState } from '../tests/support/groups/groups.js'
import type { Newcomer } from '../tests/support/groups/stack.js'
import type { Commit, Member, Stack, Voice } from './member.js'
import { ourVoices } from './our-voices.js'

/** A member whose stack is ts-mls, for whom this library speaks. */
export class TsMlsMember<State extends MlsState & TsMlsClientState> implements Member {
  #state: State | undefined

  private constructor(
    readonly name: string,
    readonly stack: Exclude<Stack, 'OpenMLS'>,
    private readonly client: MlsClient<State>,
    private readonly newcomer: Newcomer<State>,
  ) {}

  static async create<State extends MlsState & TsMlsClientState>(
    name: string,
    stack: Exclude<Stack, 'OpenMLS'>,
    client: MlsClient<State>,
  ): Promise<TsMlsMember<State>> {
    return new TsMlsMember(name, stack, client, await client.newcomer(name))
  }

  get keyPackage(): Uint8Array {
    return this.newcomer.keyPackage
  }

  get leafIndex(): number {
    return this.state.privatePath.leafIndex
  }

  /** ts-mls's ClientState of this epoch. */
  get state(): State {
    if (this.#state === undefined) throw new Error(`${this.name} is in no group`)
    return this.#state
  }

  async found(groupId: Uint8Array): Promise<void> {
    this.#state = await this.newcomer.create(groupId)
  }

  async join(welcome: Uint8Array): Promise<void> {
    this.#state = await this.newcomer.join(welcome)
  }

  async commit(add: readonly Uint8Array[], remove: readonly number[]): Promise<Commit> {
    const { state, commit, welcome } = await this.client.commit(this.state, add, remove)
    this.#state = state
    return { commit, welcome }
  }

  async process(commit: Uint8Array): Promise<void> {
    this.#state = await this.client.process(this.state, commit)
  }

  voices(): Promise<Voice[]> {
    const { state } = this
    return ourVoices(`ours for ${this.stack}`, this.leafIndex, (revision) => ({
      revision,
      ...fromTsMls(state),
    }))
  }

  end(): void {}
}
