import { persistently } from '../persistently.js'
import type { MlsClient, MlsStack, MlsState, MlsSuite, Newcomer, Profile } from './stack.js'

/**
 * All members of a real MLS group in one epoch. Nothing here changes: the functions below return the group in the
 * next epoch, and whoever keeps this one still has every member's state of this epoch.
 */
export interface MlsGroup<State extends MlsState> {
  readonly client: MlsClient<State>
  readonly cipherSuite: MlsSuite
  readonly groupId: Uint8Array
  readonly epoch: bigint
  /** Member's name to state, in order of joining. */
  readonly states: ReadonlyMap<string, State>
}

export interface CreateMlsGroupOptions<State extends MlsState> {
  readonly stack: MlsStack<State>
  readonly cipherSuite: MlsSuite
  /** Names; the first creates the group at leaf 0 and adds the others in one commit, at leaves 1, 2, … */
  readonly members: readonly string[]
  /** 16 random bytes unless given. */
  readonly groupId?: Uint8Array
  readonly profile?: Profile
}

function groupOf<State extends MlsState>(
  client: MlsClient<State>,
  states: ReadonlyMap<string, State>,
): MlsGroup<State> {
  const [first] = states.values()
  if (first === undefined) throw new Error('a group has at least one member')
  const { groupId, epoch } = first.groupContext
  return { client, cipherSuite: client.cipherSuite, groupId, epoch, states }
}

/** A member's state in the group's epoch. */
export function stateOf<State extends MlsState>(group: MlsGroup<State>, name: string): State {
  const state = group.states.get(name)
  if (state === undefined) throw new Error(`${name} is not a member`)
  return state
}

export function leafIndexOf<State extends MlsState>(group: MlsGroup<State>, name: string): number {
  return stateOf(group, name).privatePath.leafIndex
}

/** `by` commits; the others process the commit, the removed excepted, and newcomers join from the Welcome. */
async function commitBy<State extends MlsState>(
  group: MlsGroup<State>,
  by: string,
  changes: { add?: readonly string[]; remove?: readonly string[] },
): Promise<MlsGroup<State>> {
  const { client } = group
  const removed = new Set(changes.remove)
  const newcomers = new Map<string, Newcomer<State>>()
  for (const name of changes.add ?? []) {
    if (group.states.has(name) || newcomers.has(name)) throw new Error(`${name} is a member already`)
    newcomers.set(name, await persistently(() => client.newcomer(name)))
  }
  const made = await persistently(() =>
    client.commit(
      stateOf(group, by),
      Array.from(newcomers.values(), ({ keyPackage }) => keyPackage),
      Array.from(removed, (name) => leafIndexOf(group, name)),
    ),
  )

  const states = new Map<string, State>()
  for (const [name, state] of group.states) {
    if (removed.has(name)) continue
    states.set(name, name === by ? made.state : await persistently(() => client.process(state, made.commit)))
  }
  for (const [name, newcomer] of newcomers) {
    const { welcome } = made
    if (welcome === undefined) throw new Error('the commit made no Welcome')
    states.set(name, await persistently(() => newcomer.join(welcome)))
  }
  return groupOf(client, states)
}

export async function createMlsGroup<State extends MlsState>(
  options: CreateMlsGroupOptions<State>,
): Promise<MlsGroup<State>> {
  const [first, ...others] = options.members
  if (first === undefined) throw new Error('a group has at least one member')
  const client = await options.stack.client(options.cipherSuite, options.profile)
  const groupId = options.groupId ?? globalThis.crypto.getRandomValues(new Uint8Array(16))
  const creator = await persistently(() => client.newcomer(first))
  const alone = groupOf(client, new Map([[first, await persistently(() => creator.create(groupId))]]))
  return others.length === 0 ? alone : commitBy(alone, first, { add: others })
}

/** An update commit without proposals: new leaf key for `by`, new secrets for all. */
export async function advanceEpoch<State extends MlsState>(
  group: MlsGroup<State>,
  { by }: { by: string },
): Promise<MlsGroup<State>> {
  return commitBy(group, by, {})
}

/** Blanks the leaf of `remove`, who is not in the group returned. */
export async function removeMember<State extends MlsState>(
  group: MlsGroup<State>,
  { by, remove }: { by: string; remove: string },
): Promise<MlsGroup<State>> {
  return commitBy(group, by, { remove: [remove] })
}

/** Puts `add` at the leftmost blank leaf, or at a new one. */
export async function addMember<State extends MlsState>(
  group: MlsGroup<State>,
  { by, add }: { by: string; add: string },
): Promise<MlsGroup<State>> {
  return commitBy(group, by, { add: [add] })
}
