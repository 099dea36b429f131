import type { ClientState } from 'ts-mls'
import { advanceEpoch, createMlsGroup, type MlsGroup } from '../../tests/support/groups/mls-group.js'
import { tsMls1 } from '../../tests/support/groups/ts-mls-1.js'
import type { SuiteId } from './suites.js'

/** A real MLS group of ts-mls, all members in one place and in one epoch. */
export interface Group {
  readonly group: MlsGroup<ClientState>
  /** By leaf. */
  readonly names: readonly string[]
  /** By leaf. */
  readonly states: readonly ClientState[]
}

const groupOf = (group: MlsGroup<ClientState>): Group => ({
  group,
  names: [...group.states.keys()],
  states: [...group.states.values()],
})

/** The first member creates the group and adds the others, who join from the Welcome. */
export async function makeGroup(cipherSuite: SuiteId, members: readonly string[]): Promise<Group> {
  return groupOf(await createMlsGroup({ stack: tsMls1, cipherSuite, members }))
}

/**
 * One member commits, the others process the commit: all are in the next epoch, with new secrets. The states of the
 * old one stay as they are.
 */
export async function commit({ group, names }: Group, committer: number): Promise<Group> {
  const by = names[committer]
  if (by === undefined) throw new Error(`leaf ${committer} is blank`)
  return groupOf(await advanceEpoch(group, { by }))
}
